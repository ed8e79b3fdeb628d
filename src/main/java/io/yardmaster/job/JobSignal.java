package io.yardmaster.job;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What the end of a job's run does to a condition.
 *
 * @param condition its name in the job's namespace, or {@code namespace/name}
 * @param on the ends that do it; success if absent
 * @param act what is done; set if absent
 * @param variables that get other values first, as texts; none of a reset
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record JobSignal(String condition, On on, Act act, Map<String, String> variables) {
    /** Ends of runs. */
    public enum On {
        /** Succeeded. */
        SUCCESS,
        /** Failed, took too long, or it is not known. */
        FAILURE,
        /** Each, also of what was cancelled, skipped or missed. */
        ANY
    }

    /** What is done to a condition, as an operator would. */
    public enum Act {
        SET,
        RESET,
        SIGNAL,
        BROADCAST
    }

    public JobSignal {
        condition = Objects.requireNonNullElse(condition, "");
        on = Objects.requireNonNullElse(on, On.SUCCESS);
        act = Objects.requireNonNullElse(act, Act.SET);
        variables = variables == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(variables));
    }

    /** As {@code namespace/name}, for a job of {@code namespace}. */
    public String fullName(String namespace) {
        return condition.indexOf('/') >= 0 ? condition : namespace + "/" + condition;
    }
}
