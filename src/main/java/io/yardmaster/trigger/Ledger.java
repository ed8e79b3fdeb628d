package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import io.yardmaster.timetable.BadTimetable;
import io.yardmaster.timetable.Occurrences;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

/**
 * What should have happened, by the function that fires, against what is recorded. Times past the retention of runs
 * show as unaccounted: do not ask for them.
 */
public final class Ledger {
    private final KnownTimetables known = new KnownTimetables();

    /** @param through instants that are not yet due are not expected */
    public Account of(Transaction transaction, Schedule schedule, Instant from, Instant through) {
        return of(transaction, List.of(Accountable.of(schedule)), from, through).get(schedule.id());
    }

    /** The accounts over (from, through] by schedule, whatever else fires meanwhile: four statements in all. */
    public Map<Long, Account> of(Transaction transaction, List<Accountable> asked, Instant from, Instant through) {
        Period period = new Period(transaction, asked, from, through);
        Map<Long, List<OnStretch>> stretches = period.read(LedgerSql.STRETCHES, (row, context) -> stretch(row, period));
        List<Ask> asks = asked.stream()
                .map(one -> new Ask(one, stretches.getOrDefault(one.schedule(), List.of()), from))
                .toList();
        Map<Long, List<Range>> ranges = period.read(LedgerSql.RANGES, (row, context) -> range(row));
        Map<Long, Long> runs = period.counts(LedgerSql.RUNS, asks);
        Map<Long, Long> fires = period.counts(LedgerSql.FIRES, asks);
        Map<Long, Account> accounts = new HashMap<>();
        for (Ask ask : asks) {
            long id = ask.of.schedule();
            MovedInstants moved = MovedInstants.of(ask.stretches);
            List<Range> leftOut = ranges.getOrDefault(id, List.of());
            long overtaken = ask.overtaken(leftOut);
            long expected = ask.expected(moved) + fires.getOrDefault(id, 0L) + overtaken;
            accounts.put(
                    id,
                    new Account(
                            expected,
                            moved.none() ? runs.getOrDefault(id, 0L) : moved.runs(transaction, ask.of),
                            ask.leftOut(leftOut, true) + overtaken,
                            ask.leftOut(leftOut, false),
                            ask.paused()));
        }
        return accounts;
    }

    /** When it was on, within (from, through]. */
    List<OnStretch> stretches(Transaction transaction, Accountable of, Instant from, Instant through) {
        Period period = new Period(transaction, List.of(of), from, through);
        return period.read(LedgerSql.STRETCHES, (row, context) -> stretch(row, period))
                .getOrDefault(of.schedule(), List.of());
    }

    private Map.Entry<Long, OnStretch> stretch(ResultSet row, Period period) throws SQLException {
        DatedTimetable when = DatedTimetable.of(row);
        boolean moves = when.timetable().moves();
        Instant from = Timetables.instant(row, "from_at");
        Occurrences all = readable(period.transaction, when);
        OnStretch stretch = new OnStretch(
                moves ? NotYetFired.since(period.transaction, row.getLong("timetable_id"), from, all) : all,
                moves,
                from,
                Timetables.instant(row, "through_at"));
        return Map.entry(row.getLong("schedule_id"), stretch.within(period.from, period.through));
    }

    /** Nothing is expected of what cannot be read, such as a zone that this Java does not know; firing reports it. */
    private Occurrences readable(Transaction transaction, DatedTimetable when) {
        try {
            return known.of(transaction, when);
        } catch (BadTimetable unreadable) {
            return after -> List.of();
        }
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

    /** A schedule with the times at which it was on. */
    private record Ask(Accountable of, List<OnStretch> stretches, Instant from) {
        /** What comes later was not yet settled when the stretches were read, though by now there may be runs of it. */
        Instant through() {
            return stretches.stream()
                    .map(OnStretch::through)
                    .max(Instant::compareTo)
                    .orElse(from);
        }

        long expected(MovedInstants moved) {
            return !moved.none()
                    ? moved.expected()
                    : stretches.stream().mapToLong(OnStretch::expected).sum();
        }

        long leftOut(List<Range> ranges, boolean skipped) {
            return ranges.stream()
                    .filter(range -> !range.overtaken() && range.skipped() == skipped)
                    .mapToLong(range -> range.within(this))
                    .sum();
        }

        long overtaken(List<Range> ranges) {
            return ranges.stream()
                    .filter(range ->
                            range.overtaken() && !range.leftOut.through().isAfter(through()))
                    .mapToLong(range -> range.leftOut.instants())
                    .sum();
        }

        long paused() {
            return of.pausedFrom() == null
                    ? 0
                    : stretches.stream()
                            .mapToLong(on ->
                                    on.within(of.pausedFrom(), Instant.MAX).expected())
                            .sum();
        }
    }

    private record Period(Transaction transaction, List<Accountable> asked, Instant from, Instant through) {
        <T> Map<Long, List<T>> read(String statement, RowMapper<Map.Entry<Long, T>> row) {
            return query(statement).bind("through", through).map(row).list().stream()
                    .collect(Collectors.groupingBy(
                            Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        }

        Map<Long, Long> counts(String statement, List<Ask> asks) {
            return query(statement)
                    .bindArray(
                            "jobs",
                            Long.class,
                            asked.stream().map(Accountable::job).toList())
                    .bindArray(
                            "delays",
                            Boolean.class,
                            asked.stream().map(Accountable::delay).toList())
                    .bindArray(
                            "throughs",
                            Instant.class,
                            asks.stream().map(Ask::through).toList())
                    .map((row, context) -> Map.entry(row.getLong("schedule"), row.getLong("count")))
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        }

        private Query query(String statement) {
            return transaction
                    .sql()
                    .createQuery(statement)
                    .bind("from", from)
                    .bindArray(
                            "schedules",
                            Long.class,
                            asked.stream().map(Accountable::schedule).toList());
        }
    }
}
