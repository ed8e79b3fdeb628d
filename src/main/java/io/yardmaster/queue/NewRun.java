package io.yardmaster.queue;

import io.yardmaster.run.Cause;
import java.util.Map;

/**
 * A run that somebody asks for.
 *
 * @param job id of the job
 * @param version of the job that is run; null for its newest
 * @param cause why
 * @param parameters instead of, or beside, the job's own
 * @param priority −50 to 50; null for the job's
 */
public record NewRun(long job, Integer version, Cause cause, Map<String, String> parameters, Integer priority) {
    /** Of the job as it is now. */
    public NewRun(long job, Cause cause, Map<String, String> parameters) {
        this(job, null, cause, parameters, null);
    }
}
