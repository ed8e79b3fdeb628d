package io.yardmaster.protocol;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * {@code POST /agent/v1/sessions/{session}/pauses}. Idempotent by run, epoch and sequence. Answered 204 when all are
 * durable or known to be of the past.
 *
 * @param pauses at most 500
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PauseRequest(List<PauseReport> pauses) {}
