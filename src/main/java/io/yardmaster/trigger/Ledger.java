package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What should have happened, by the function that fires, against what is recorded. Times past the retention of runs
 * show as unaccounted: do not ask for them.
 */
public final class Ledger {
    private final PastStretches stretches = new PastStretches();

    /** @param through instants that are not yet due are not expected */
    public Account of(Transaction transaction, Schedule schedule, Instant from, Instant through) {
        return of(transaction, List.of(Accountable.of(schedule)), from, through).get(schedule.id());
    }

    /** The accounts over (from, through] by schedule, whatever else fires meanwhile: four statements, but for very many instants. */
    public Map<Long, Account> of(Transaction transaction, List<Accountable> asked, Instant from, Instant through) {
        Period period = new Period(transaction, asked, from, through);
        Map<Long, List<OnStretch>> past = stretches.of(transaction, period.schedules(), from, through);
        List<Ask> asks = asked.stream()
                .map(one -> Ask.of(one, past.getOrDefault(one.schedule(), List.of()), from))
                .toList();
        Map<Long, List<Range>> ranges = period.ranges();
        Map<Long, Long> runs = LedgerRuns.count(transaction, asks);
        Map<Long, Long> fires = period.fires(asks);
        Map<Long, Account> accounts = new HashMap<>();
        for (Ask ask : asks) {
            long id = ask.of.schedule();
            List<Range> leftOut = ranges.getOrDefault(id, List.of());
            long overtaken = ask.overtaken(leftOut);
            accounts.put(
                    id,
                    new Account(
                            ask.expected() + fires.getOrDefault(id, 0L) + overtaken,
                            runs.getOrDefault(id, 0L) + ask.moved.count(transaction, ask.of),
                            ask.leftOut(leftOut, true) + overtaken,
                            ask.leftOut(leftOut, false),
                            ask.paused()));
        }
        return accounts;
    }

    /** When it was on, within (from, through]. */
    List<OnStretch> stretches(Transaction transaction, Accountable of, Instant from, Instant through) {
        return stretches.of(transaction, List.of(of.schedule()), from, through).getOrDefault(of.schedule(), List.of());
    }

    private static Map.Entry<Long, Range> range(ResultSet row) throws SQLException {
        LeftOut leftOut = new LeftOut(
                Timetables.instant(row, "from_at"), Timetables.instant(row, "through_at"), row.getInt("instants"));
        return Map.entry(row.getLong("schedule_id"), new Range(leftOut, row.getString("reason")));
    }

    /** All of it is counted in the row; of a part, the timetable tells. */
    private record Range(LeftOut leftOut, String reason) {
        boolean skipped() {
            return reason.equals("SKIPPED");
        }

        /** Stands at the moment of a change, whatever the instants, and is of no stretch. */
        boolean overtaken() {
            return reason.equals("OVERTAKEN");
        }

        long within(Ask ask) {
            if (leftOut.from().isAfter(ask.from) && !leftOut.through().isAfter(ask.through())) {
                return leftOut.instants();
            }
            Instant start = OnStretch.latest(ask.from, leftOut.from().minusNanos(1));
            Instant end = OnStretch.earliest(ask.through(), leftOut.through());
            return ask.stretches.stream()
                    .mapToLong(on -> on.count(start, end, skipped()))
                    .sum();
        }
    }

    /**
     * A schedule with the times at which it was on.
     *
     * @param moved what of them a calendar moves
     */
    record Ask(Accountable of, List<OnStretch> stretches, MovedRuns moved, Instant from) {
        static Ask of(Accountable of, List<OnStretch> stretches, Instant from) {
            return new Ask(of, stretches, MovedRuns.of(stretches), from);
        }

        /** What comes later was not yet settled when the stretches were read, though by now there may be runs of it. */
        Instant through() {
            return stretches.stream()
                    .map(OnStretch::through)
                    .max(Instant::compareTo)
                    .orElse(from);
        }

        private long expected() {
            return stretches.stream().mapToLong(OnStretch::expected).sum();
        }

        private long leftOut(List<Range> ranges, boolean skipped) {
            return ranges.stream()
                    .filter(range -> !range.overtaken() && range.skipped() == skipped)
                    .mapToLong(range -> range.within(this))
                    .sum();
        }

        private long overtaken(List<Range> ranges) {
            return ranges.stream()
                    .filter(range ->
                            range.overtaken() && !range.leftOut.through().isAfter(through()))
                    .mapToLong(range -> range.leftOut.instants())
                    .sum();
        }

        private long paused() {
            return of.pausedFrom() == null ? 0 : OnStretch.expected(stretches, of.pausedFrom(), Instant.MAX);
        }
    }

    private record Period(Transaction transaction, List<Accountable> asked, Instant from, Instant through) {
        List<Long> schedules() {
            return asked.stream().map(Accountable::schedule).toList();
        }

        Map<Long, List<Range>> ranges() {
            return transaction
                    .sql()
                    .createQuery(LedgerSql.RANGES)
                    .bindArray("schedules", Long.class, schedules())
                    .bind("from", from)
                    .bind("through", through)
                    .map((row, context) -> range(row))
                    .list()
                    .stream()
                    .collect(Collectors.groupingBy(
                            Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        }

        Map<Long, Long> fires(List<Ask> asks) {
            return transaction
                    .sql()
                    .createQuery(LedgerSql.FIRES)
                    .bindArray("schedules", Long.class, schedules())
                    .bindArray(
                            "throughs",
                            Instant.class,
                            asks.stream().map(Ask::through).toList())
                    .bind("from", from)
                    .map((row, context) -> Map.entry(row.getLong("schedule"), row.getLong("count")))
                    .list()
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        }
    }
}
