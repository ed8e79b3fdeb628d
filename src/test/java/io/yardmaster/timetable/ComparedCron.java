package io.yardmaster.timetable;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** A cron expression whose instants are compared with brute force. */
record ComparedCron(Dialect dialect, String expression) {
    enum Dialect {
        QUARTZ,
        UNIX
    }

    /** Rules for clock changes; each null for the expression's default. */
    record Policy(Gap gap, Overlap overlap) {}

    /**
     * @param around seconds to either side of the change
     * @return how many instants agreed
     */
    int compare(ClockChange change, Policy policy, long around) {
        long from = change.second() - around;
        long to = change.second() + around;
        List<Long> found = occurrences(change.zone(), policy)
                .between(Instant.ofEpochSecond(from), Instant.ofEpochSecond(to), Integer.MAX_VALUE)
                .stream()
                .map(occurrence -> occurrence.at().getEpochSecond())
                .toList();
        assertThat(found)
                .as("%s in %s, %s, around %s", this, change.zone(), policy, Instant.ofEpochSecond(change.second()))
                .isEqualTo(oracle(policy).between(from, to, change.zone()));
        return found.size();
    }

    private Occurrences occurrences(ZoneId zone, Policy policy) {
        Timetable.Kind kind = dialect == Dialect.UNIX ? Timetable.Kind.UNIX_CRON : Timetable.Kind.CRON;
        try {
            return new Timetable(kind, expression, zone.getId(), policy.gap, policy.overlap).occurrences();
        } catch (BadTimetable never) {
            assertThat(never).hasMessageContaining("never comes");
            return instant -> List.of();
        }
    }

    private CronOracle oracle(Policy policy) {
        return dialect == Dialect.UNIX
                ? CronOracle.unix(expression, policy.gap, policy.overlap)
                : new CronOracle(expression, policy.gap, policy.overlap);
    }
}
