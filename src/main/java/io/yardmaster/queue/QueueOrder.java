package io.yardmaster.queue;

import io.yardmaster.database.Invalid;
import io.yardmaster.job.JobRules;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An order policy with what it is computed from. What belongs to another policy is null; what belongs to this one and is
 * absent is as standard.
 *
 * @param policy name of an {@link OrderPolicy}; {@code FCFS} if absent
 * @param slowdown of SJF: how many times its own length a run may be overtaken for, 1 to 1,000; 10 if absent
 * @param ageing of PRIORITY: seconds of waiting that make up for one step of priority; 60 if absent
 * @param strict of PRIORITY: whether waiting makes up for nothing; then there is no ageing
 * @param standardDeadline of DEADLINE: seconds after its ready time by which a run without a deadline should have started; 3,600
 *     if absent
 * @param fairBy of FAIR: whose runs are one share, {@code NAMESPACE} or {@code JOB}; {@code NAMESPACE} if absent
 * @param quantum of ROUND_ROBIN: seconds that a run may run while others wait for its slot, up to a day; 10 if absent
 */
public record QueueOrder(
        String policy,
        Integer slowdown,
        Long ageing,
        Boolean strict,
        Long standardDeadline,
        String fairBy,
        Integer quantum) {
    public static final QueueOrder FCFS = of(OrderPolicy.FCFS);

    private static final List<String> POLICIES =
            Arrays.stream(OrderPolicy.values()).map(Enum::name).toList();
    private static final List<String> SHARES = List.of("NAMESPACE", "JOB");
    private static final int GREATEST_SLOWDOWN = 1000;
    private static final long LONGEST_QUANTUM = 24L * 3600;
    private static final long LONGEST_AGEING = 365L * 24 * 3600;

    public QueueOrder {
        policy = Objects.requireNonNullElse(policy, "FCFS");
        strict = Objects.requireNonNullElse(strict, false);
        switch (policy) {
            case "SJF" -> slowdown = Objects.requireNonNullElse(slowdown, 10);
            case "PRIORITY" -> ageing = ageing == null && !strict ? Long.valueOf(60) : ageing;
            case "DEADLINE" -> standardDeadline = Objects.requireNonNullElse(standardDeadline, 3600L);
            case "FAIR" -> fairBy = Objects.requireNonNullElse(fairBy, "NAMESPACE");
            case "ROUND_ROBIN" -> quantum = Objects.requireNonNullElse(quantum, 10);
            default -> {}
        }
    }

    /** With everything as standard. */
    public static QueueOrder of(OrderPolicy policy) {
        return new QueueOrder(policy.name(), null, null, null, null, null, null);
    }

    /** What of it its policy knows; the rest forgotten. */
    public QueueOrder trimmed() {
        return new QueueOrder(
                policy,
                is("SJF") ? slowdown : null,
                is("PRIORITY") && !strict ? ageing : null,
                is("PRIORITY") && strict,
                is("DEADLINE") ? standardDeadline : null,
                is("FAIR") ? fairBy : null,
                is("ROUND_ROBIN") ? quantum : null);
    }

    /** What is said beside the policy, by name as documents have it; standards too. */
    public Map<String, Object> parameters() {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("slowdown", slowdown);
        said.put("ageing", ageing);
        said.put("strict", strict ? true : null);
        said.put("standardDeadline", standardDeadline);
        said.put("fairBy", fairBy);
        said.put("quantum", quantum);
        said.values().removeIf(Objects::isNull);
        return said;
    }

    /** Whether runs stand by {@code other} as they stand by this: how long slices are changes no order. */
    boolean ordersAs(QueueOrder other) {
        return new QueueOrder(policy, slowdown, ageing, strict, standardDeadline, fairBy, other.quantum).equals(other);
    }

    void check(Invalid.Problems problems) {
        problems.check(POLICIES.contains(policy), "policy", policy, "invalid.choice", POLICIES);
        belongs("slowdown", slowdown, "SJF", problems);
        belongs("ageing", ageing, "PRIORITY", problems);
        belongs("strict", strict ? true : null, "PRIORITY", problems);
        belongs("standardDeadline", standardDeadline, "DEADLINE", problems);
        belongs("fairBy", fairBy, "FAIR", problems);
        belongs("quantum", quantum, "ROUND_ROBIN", problems);
        range("quantum", quantum == null ? null : quantum.longValue(), LONGEST_QUANTUM, problems);
        range("slowdown", slowdown == null ? null : slowdown.longValue(), GREATEST_SLOWDOWN, problems);
        range("ageing", ageing, LONGEST_AGEING, problems);
        problems.check(!strict || ageing == null, "ageing", ageing, "invalid.order.strict");
        JobRules.checkDeadline("standardDeadline", standardDeadline, problems);
        problems.check(fairBy == null || SHARES.contains(fairBy), "fairBy", fairBy, "invalid.choice", SHARES);
    }

    private void belongs(String field, Object value, String to, Invalid.Problems problems) {
        problems.check(value == null || is(to), field, value, "invalid.order.elsewhere", to, policy);
    }

    private static void range(String field, Long value, long most, Invalid.Problems problems) {
        problems.check(value == null || (value >= 1 && value <= most), field, value, "invalid.range", 1, most);
    }

    private boolean is(String other) {
        return policy.equals(other);
    }
}
