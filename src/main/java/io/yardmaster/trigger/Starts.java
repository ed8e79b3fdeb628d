package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** When the first of what is made up next may start, if it is spread: after what an earlier pass has made up. */
final class Starts {
    /** Index {@code run_by_fire}. */
    private static final String LAST = """
            SELECT schedule_id, max(due_at) AS last FROM run
            WHERE schedule_id = ANY (:schedules) AND cause = 'CATCH_UP' GROUP BY schedule_id
            """;

    private Starts() {}

    /** @return by schedule, {@code now} or later */
    static Map<Long, Instant> of(Transaction transaction, List<Follower> followers, Instant now) {
        List<Long> spread = followers.stream()
                .filter(follower -> !follower.catchUp().spread().isZero())
                .map(Follower::schedule)
                .toList();
        Map<Long, Instant> last = spread.isEmpty() ? Map.of() : last(transaction, spread);
        return followers.stream().collect(Collectors.toMap(Follower::schedule, follower -> {
            Instant before = last.get(follower.schedule());
            Instant start =
                    before == null ? now : before.plus(follower.catchUp().spread());
            return start.isAfter(now) ? start : now;
        }));
    }

    private static Map<Long, Instant> last(Transaction transaction, List<Long> schedules) {
        return transaction
                .sql()
                .createQuery(LAST)
                .bindArray("schedules", Long.class, schedules)
                .map((row, context) -> Map.entry(row.getLong("schedule_id"), Timetables.instant(row, "last")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
