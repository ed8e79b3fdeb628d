package io.yardmaster.trigger;

import io.yardmaster.database.Columns;
import io.yardmaster.database.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Counts the runs of times in which no calendar moves anything, so much at a time that no statement takes long. */
final class LedgerRuns {
    /** Seconds of all windows of a statement: had each a run, it would take half a second or so. */
    private static final long MOST_SECONDS = 500_000;

    /** A time of a schedule, without the runs of instants that are none of it. */
    private record Window(Accountable of, Instant from, Instant through, Set<Instant> others) {
        long seconds() {
            return Duration.between(from, through).toSeconds() + 1;
        }

        /** In parts, none of which is too much for a statement. */
        List<Window> parts() {
            List<Window> parts = new ArrayList<>();
            for (Instant start = from; start.isBefore(through); start = start.plusSeconds(MOST_SECONDS)) {
                Instant end = OnStretch.earliest(start.plusSeconds(MOST_SECONDS), through);
                parts.add(new Window(of, start, end, others));
            }
            return parts;
        }
    }

    private record Other(long schedule, Instant nominal) {}

    private LedgerRuns() {}

    /** By schedule. */
    static Map<Long, Long> count(Transaction transaction, List<Ledger.Ask> asks) {
        List<Window> parts = asks.stream()
                .flatMap(ask -> windows(ask).stream())
                .flatMap(window -> window.parts().stream())
                .toList();
        Map<Long, Long> counts = new HashMap<>();
        int begin = 0;
        long seconds = 0;
        for (int i = 0; i < parts.size(); i++) {
            if (seconds + parts.get(i).seconds() > MOST_SECONDS) {
                add(transaction, parts.subList(begin, i), counts);
                begin = i;
                seconds = 0;
            }
            seconds += parts.get(i).seconds();
        }
        add(transaction, parts.subList(begin, parts.size()), counts);
        return counts;
    }

    private static void add(Transaction transaction, List<Window> windows, Map<Long, Long> counts) {
        if (!windows.isEmpty()) {
            counted(transaction, windows).forEach((schedule, count) -> counts.merge(schedule, count, Long::sum));
        }
    }

    private static Map<Long, Long> counted(Transaction transaction, List<Window> windows) {
        List<Other> others = others(windows);
        return transaction
                .sql()
                .createQuery(LedgerSql.RUNS)
                .bindNamedArgumentFinder(Columns.of(windows)
                        .with("schedules", Long.class, one -> one.of.schedule())
                        .with("jobs", Long.class, one -> one.of.job())
                        .with("delays", Boolean.class, one -> one.of.delay())
                        .with("froms", Instant.class, Window::from)
                        .with("throughs", Instant.class, Window::through))
                .bindNamedArgumentFinder(Columns.of(others)
                        .with("others", Long.class, Other::schedule)
                        .with("nominals", Instant.class, Other::nominal))
                .map((row, context) -> Map.entry(row.getLong("schedule"), row.getLong("count")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static List<Other> others(List<Window> windows) {
        return windows.stream()
                .flatMap(window -> window.others.stream()
                        .filter(other -> other.isAfter(window.from) && !other.isAfter(window.through))
                        .map(other -> new Other(window.of.schedule(), other)))
                .distinct()
                .toList();
    }

    /** The whole period, from where it has begun, is one, unless a calendar moves something in a part of it, or did before. */
    private static List<Window> windows(Ledger.Ask ask) {
        if (ask.stretches().stream().allMatch(on -> !on.moves() && on.settled().isEmpty())) {
            return ask.stretches().stream()
                    .map(OnStretch::from)
                    .min(Instant::compareTo)
                    .map(from -> new Window(ask.of(), from, ask.through(), Set.of()))
                    .stream()
                    .toList();
        }
        List<Window> windows = new ArrayList<>();
        for (OnStretch on : ask.stretches()) {
            if (!on.moves() && !on.isEmpty()) {
                Set<Instant> others = new HashSet<>(ask.moved().nominals());
                others.addAll(on.settled());
                windows.add(new Window(ask.of(), on.from(), on.through(), others));
            }
        }
        return windows;
    }
}
