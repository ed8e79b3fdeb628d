package io.yardmaster.run;

import java.time.Instant;
import java.util.Set;

/**
 * Which runs to list; null or an empty set means any.
 *
 * @param namespaces of their jobs; containing {@code *} means any
 * @param job id of the job
 * @param queue id of the queue
 * @param node id of the node that had them last
 * @param states one of these
 * @param causes one of these
 * @param since made at or after
 * @param until made before
 * @param outside id of a queue that they are not in
 * @param unlike a priority that they do not have
 */
public record RunFilter(
        Set<String> namespaces,
        Long job,
        Long queue,
        Long node,
        Set<RunState> states,
        Set<Cause.Kind> causes,
        Instant since,
        Instant until,
        Long outside,
        Integer unlike) {
    private static final String ANY = "*";

    public static RunFilter any() {
        return new RunFilter(Set.of(), null, null, null, Set.of(), Set.of(), null, null, null, null);
    }

    public RunFilter in(Set<String> wanted) {
        return new RunFilter(wanted, job, queue, node, states, causes, since, until, outside, unlike);
    }

    public RunFilter ofJob(Long wanted) {
        return new RunFilter(namespaces, wanted, queue, node, states, causes, since, until, outside, unlike);
    }

    public RunFilter ofQueue(Long wanted) {
        return new RunFilter(namespaces, job, wanted, node, states, causes, since, until, outside, unlike);
    }

    public RunFilter onNode(Long wanted) {
        return new RunFilter(namespaces, job, queue, wanted, states, causes, since, until, outside, unlike);
    }

    public RunFilter inStates(Set<RunState> wanted) {
        return new RunFilter(namespaces, job, queue, node, wanted, causes, since, until, outside, unlike);
    }

    public RunFilter becauseOf(Set<Cause.Kind> wanted) {
        return new RunFilter(namespaces, job, queue, node, states, wanted, since, until, outside, unlike);
    }

    public RunFilter between(Instant from, Instant before) {
        return new RunFilter(namespaces, job, queue, node, states, causes, from, before, outside, unlike);
    }

    /** Without those in a queue and those of a priority; null for with. */
    public RunFilter without(Long in, Integer of) {
        return new RunFilter(namespaces, job, queue, node, states, causes, since, until, in, of);
    }

    /** Whether it finds runs of {@code allowed} namespaces alone, which may contain {@code *}. */
    public boolean isWithin(Set<String> allowed) {
        return allowed.contains(ANY) || (!anyNamespace() && allowed.containsAll(namespaces));
    }

    boolean anyNamespace() {
        return namespaces == null || namespaces.isEmpty() || namespaces.contains(ANY);
    }

    boolean mayBeUnfinished() {
        return states == null || states.isEmpty() || states.stream().anyMatch(state -> !state.isFinal());
    }

    boolean mayBeFinished() {
        return states == null || states.isEmpty() || states.stream().anyMatch(RunState::isFinal);
    }
}
