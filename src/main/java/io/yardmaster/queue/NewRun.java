package io.yardmaster.queue;

import io.yardmaster.run.Cause;
import java.util.Map;

/**
 * A run that somebody asks for.
 *
 * @param job id of the job, run in its newest version
 * @param cause why
 * @param parameters instead of, or beside, the job's own
 */
public record NewRun(long job, Cause cause, Map<String, String> parameters) {}
