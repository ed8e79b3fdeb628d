package io.yardmaster.job;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.yardmaster.task.Task;
import io.yardmaster.task.UnreadableTask;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a run of a job executes, as the column {@code definition} holds it. A newer server's fields are ignored, so that
 * servers of two versions can work beside each other.
 *
 * @param task what to do
 * @param parameters defaults by name, given to the task as environment; sorted by name
 * @param timeout seconds of running time after which an attempt is ended; null for none
 * @param delivery what happens when the outcome cannot be known; at least once if absent
 * @param outputLimit bytes of an attempt's output that are kept; {@value #STANDARD_OUTPUT_LIMIT} if absent
 * @param rules how often it is repeated and the like; standard if absent
 * @param need what a run needs of its node; one slot anywhere if absent
 * @param locks that a run takes before it begins, all or none; none if absent
 * @param signals to conditions at the ends of runs; none if absent
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record JobDefinition(
        Task task,
        Map<String, String> parameters,
        Long timeout,
        Delivery delivery,
        Long outputLimit,
        RunRules rules,
        Need need,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<LockNeed> locks,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<JobSignal> signals) {
    public static final long STANDARD_OUTPUT_LIMIT = 10 << 20;

    private static final JsonMapper JSON = new JsonMapper();

    public JobDefinition {
        parameters = parameters == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(parameters));
        delivery = Objects.requireNonNullElse(delivery, Delivery.AT_LEAST_ONCE);
        outputLimit = Objects.requireNonNullElse(outputLimit, STANDARD_OUTPUT_LIMIT);
        rules = Objects.requireNonNullElse(rules, RunRules.STANDARD);
        need = Objects.requireNonNullElse(need, Need.NONE);
        locks = locks == null ? List.of() : List.copyOf(locks);
        signals = signals == null ? List.of() : List.copyOf(signals);
    }

    /** Whether a run of it can be stopped in its tracks and go on later. */
    public boolean canPause() {
        return task.canPause();
    }

    /** Nothing but the task: no parameters, no timeout, everything else as standard. */
    public static JobDefinition of(Task task) {
        return new JobDefinition(task, Map.of(), null, null, null, null, null, null, null);
    }

    /** Reads what {@link #toJson} or the column {@code definition} says. */
    public static JobDefinition fromJson(String json) {
        try {
            return JSON.readValue(json, JobDefinition.class);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("a stored job definition cannot be read", failure);
        }
    }

    /** As {@link #fromJson} for a run that is to begin: if it cannot be read, that run alone shall fail, and say why. */
    public static JobDefinition forRun(String json) {
        try {
            return JSON.readValue(json, JobDefinition.class);
        } catch (JsonProcessingException failure) {
            return of(
                    new UnreadableTask("the stored definition of its job is damaged: " + failure.getOriginalMessage()));
        }
    }

    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("a job definition cannot be written", failure);
        }
    }
}
