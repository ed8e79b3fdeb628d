package io.yardmaster.web.run;

import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.run.Cause;
import io.yardmaster.run.RunFilter;
import io.yardmaster.run.RunState;
import io.yardmaster.security.Caller;
import io.yardmaster.security.Permission;
import io.yardmaster.web.form.LocalTime;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Turns the words of a {@link RunSearch} into ids and instants, and tells of each word that means nothing. */
final class RunFilterReader {
    private final Transaction transaction;
    private final Caller caller;
    private final ZoneId zone;
    private final Invalid.Problems problems = new Invalid.Problems();

    /** @param zone in which the caller writes times */
    RunFilterReader(Transaction transaction, Caller caller, ZoneId zone) {
        this.transaction = transaction;
        this.caller = caller;
        this.zone = zone;
    }

    /** @throws Invalid naming each word that means nothing */
    RunFilter read(RunSearch query) {
        RunFilter filter = RunFilter.any()
                .in(caller.namespaces(Permission.VIEW))
                .ofJob(named("job", query.job()))
                .ofQueue(named("queue", query.queue()))
                .onNode(node(query.node()))
                .inStates(states(query))
                .becauseOf(cause(query.cause()))
                .between(since(query), LocalTime.read("until", query.until(), zone, problems));
        problems.throwIfAny();
        return filter;
    }

    /** Where the page begins. */
    long before(RunSearch query) {
        try {
            return query.isFirstPage() ? Long.MAX_VALUE : Long.parseLong(query.before());
        } catch (NumberFormatException wrong) {
            throw new Invalid("before", query.before(), "invalid.id");
        }
    }

    /** The newest of that name, archived or not, in a namespace of the caller's. Indexes {@code job_by_name}, {@code queue_by_name}. */
    private Long named(String table, String typed) {
        if (typed.isEmpty()) {
            return null;
        }
        String[] parts = typed.split("/", 2);
        if (parts.length < 2) {
            problems.add(table, typed, "invalid.full-name");
            return null;
        }
        Optional<Long> found = !caller.may(Permission.VIEW, parts[0]) || typed.indexOf('\0') >= 0
                ? Optional.empty()
                : transaction
                        .sql()
                        .createQuery("SELECT id FROM " + table
                                + " WHERE namespace = :namespace AND name = :name ORDER BY archived_at DESC LIMIT 1")
                        .bind("namespace", parts[0])
                        .bind("name", parts[1])
                        .mapTo(Long.class)
                        .findFirst();
        problems.check(found.isPresent(), table, typed, "invalid.unknown");
        return found.orElse(null);
    }

    private Long node(String typed) {
        if (typed.isEmpty()) {
            return null;
        }
        Optional<Long> found = typed.indexOf('\0') >= 0
                ? Optional.empty()
                : transaction
                        .sql()
                        .createQuery("SELECT id FROM node WHERE name = :name ORDER BY archived_at DESC LIMIT 1")
                        .bind("name", typed)
                        .mapTo(Long.class)
                        .findFirst();
        problems.check(found.isPresent(), "node", typed, "invalid.unknown");
        return found.orElse(null);
    }

    private Set<RunState> states(RunSearch query) {
        Set<RunState> wanted = EnumSet.noneOf(RunState.class);
        for (String name : query.states()) {
            one(RunState.class, "state", name).ifPresent(wanted::add);
        }
        return wanted;
    }

    private Set<Cause.Kind> cause(String name) {
        return name.isEmpty()
                ? Set.of()
                : one(Cause.Kind.class, "cause", name).map(Set::of).orElse(Set.of());
    }

    private <E extends Enum<E>> Optional<E> one(Class<E> type, String field, String name) {
        Optional<E> found = Arrays.stream(type.getEnumConstants())
                .filter(known -> known.name().equals(name))
                .findFirst();
        problems.check(found.isPresent(), field, name, "invalid.choice", Arrays.toString(type.getEnumConstants()));
        return found;
    }

    private Instant since(RunSearch query) {
        if (!query.since().isEmpty()) {
            return LocalTime.read("since", query.since(), zone, problems);
        }
        Period period = query.period().isEmpty()
                ? Period.DAY
                : Period.of(query.period()).orElse(null);
        problems.check(period != null, "period", query.period(), "invalid.choice", "1h, 24h, 7d, 30d, all");
        return period == null || period.length() == null
                ? null
                : transaction.now().minus(period.length());
    }
}
