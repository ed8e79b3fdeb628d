package io.yardmaster.job;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;

/**
 * What a job says of its runs beside what they execute; docs/dispatch.md tells what each comes to.
 *
 * @param retry null for no other repetition than of what was lost with its node
 * @param overlap null if runs of the job do not mind each other
 * @param warnAfter seconds of running time after which an attempt is marked as long; null for never
 * @param expiresAfter seconds since it was due after which a run that has not begun ends as missed; null for never
 * @param priority under the order policy PRIORITY, −50 to 50, higher first; 0 if absent
 * @param deadline seconds after a run's due instant by which it should have started; null for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RunRules(
        Retry retry, Overlap overlap, Long warnAfter, Long expiresAfter, Integer priority, Long deadline) {
    public static final RunRules STANDARD = new RunRules(null, null, null, null, null, null);

    public RunRules {
        overlap = overlap == null || overlap.isPlain() ? null : overlap;
        priority = Objects.requireNonNullElse(priority, 0);
    }
}
