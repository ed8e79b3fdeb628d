package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of Quartz's schedulers live: those whose check-in moved since the last look. Their clocks are not compared with
 * any other, since the check-in of a server whose clock is an hour ahead looks young for an hour after its death.
 */
final class Heartbeats {
    private static final String CHECK_INS = """
            SELECT instance_name, last_checkin_time FROM quartz.qrtz_scheduler_state WHERE sched_name = :name
            """;

    private Map<String, Long> last = Map.of();

    /** To be called at each look; looks are further apart than check-ins. */
    List<String> living(Transaction transaction) {
        Map<String, Long> seen = new HashMap<>();
        transaction
                .sql()
                .createQuery(CHECK_INS)
                .bind("name", QuartzScheduler.NAME)
                .map((row, context) -> seen.put(row.getString("instance_name"), row.getLong("last_checkin_time")))
                .list();
        Map<String, Long> before = last;
        last = Map.copyOf(seen);
        return seen.entrySet().stream()
                .filter(one -> !one.getValue().equals(before.get(one.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }
}
