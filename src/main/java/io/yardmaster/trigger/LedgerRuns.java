package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Counts the runs of times in which no calendar moves anything. */
final class LedgerRuns {
    /** A time of a schedule, without the runs of instants that are none of it. */
    private record Window(Accountable of, Instant from, Instant through, Set<Instant> others) {}

    private record Other(long schedule, Instant nominal) {}

    private LedgerRuns() {}

    /** By schedule. */
    static Map<Long, Long> count(Transaction transaction, List<Ledger.Ask> asks) {
        List<Window> windows =
                asks.stream().flatMap(ask -> windows(ask).stream()).toList();
        List<Other> others = windows.stream()
                .flatMap(window -> window.others.stream()
                        .filter(other -> other.isAfter(window.from) && !other.isAfter(window.through))
                        .map(other -> new Other(window.of.schedule(), other)))
                .distinct()
                .toList();
        return transaction
                .sql()
                .createQuery(LedgerSql.RUNS)
                .bindArray(
                        "schedules",
                        Long.class,
                        windows.stream().map(one -> one.of.schedule()).toList())
                .bindArray(
                        "jobs",
                        Long.class,
                        windows.stream().map(one -> one.of.job()).toList())
                .bindArray(
                        "delays",
                        Boolean.class,
                        windows.stream().map(one -> one.of.delay()).toList())
                .bindArray(
                        "froms",
                        Instant.class,
                        windows.stream().map(Window::from).toList())
                .bindArray(
                        "throughs",
                        Instant.class,
                        windows.stream().map(Window::through).toList())
                .bindArray(
                        "others",
                        Long.class,
                        others.stream().map(Other::schedule).toList())
                .bindArray(
                        "nominals",
                        Instant.class,
                        others.stream().map(Other::nominal).toList())
                .map((row, context) -> Map.entry(row.getLong("schedule"), row.getLong("count")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The whole period is one, unless a calendar moves something in a part of it, or did before. */
    private static List<Window> windows(Ledger.Ask ask) {
        if (ask.stretches().stream().allMatch(on -> !on.moves() && on.settled().isEmpty())) {
            return List.of(new Window(ask.of(), ask.from(), ask.through(), Set.of()));
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
