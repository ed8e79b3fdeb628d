package io.yardmaster.protocol;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * {@code POST /agent/v1/sessions/{session}/accept}. Repeating it gives the same answer.
 *
 * @param runs offers that the worker has a slot for
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AcceptRequest(List<RunRef> runs) {}
