package io.yardmaster.trigger;

import io.yardmaster.database.Database;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps Quartz's alarms as the timetables want them, and finds those that it would never ring again: what looks wedged at
 * two looks running is, and what moved in between is at work. Each server has one.
 */
final class Watchdog {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    private final Database database;
    private final Alarms alarms;
    private final Suspects suspects = new Suspects(InstantSource.system());
    private final Repairs repairs;
    private final Heartbeats heartbeats = new Heartbeats();
    private Set<Suspect> last = Set.of();
    private boolean settled;

    private record Look(List<String> living, List<Suspect> found) {}

    Watchdog(Database database, Scheduler scheduler, RepairCounts counts) {
        this.database = database;
        this.alarms = new Alarms(scheduler);
        this.repairs = new Repairs(database, alarms, suspects, counts);
    }

    /**
     * Sets the alarms that are lacking and removes those that are needless. What is lacking at the first time was not set
     * since no server ran, so it is no repair.
     */
    void settle() throws SchedulerException {
        while (add() == Alarms.AT_ONCE) {
            LOG.debug("set {} alarms", Alarms.AT_ONCE);
        }
        for (Alarms.Needless alarm : database.inTransaction(alarms::needless)) {
            if (alarm.stray()) {
                repairs.remove(alarm.name());
            } else {
                alarms.remove(alarm.name());
            }
        }
        settled = true;
    }

    private int add() throws SchedulerException {
        Map<Boolean, List<Alarms.Alarm>> lacking = database.inTransaction(alarms::lacking).stream()
                .collect(Collectors.partitioningBy(alarm -> settled && alarm.lost()));
        int set = alarms.set(lacking.get(false));
        for (Alarms.Alarm lost : lacking.get(true)) {
            set += repairs.restore(lost) ? 1 : 0;
        }
        return set;
    }

    /** One look, and the repair of what was so at the last one too. Looks are further apart than Quartz's check-ins. */
    void look() {
        Look look = database.inTransaction(transaction -> {
            List<String> living = heartbeats.living(transaction);
            return new Look(living, suspects.find(transaction, living));
        });
        Set<Suspect> before = last;
        last = new HashSet<>(look.found);
        look.found.stream().filter(before::contains).forEach(suspect -> repairs.repair(suspect, look.living));
    }
}
