package io.yardmaster.protocol;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * {@code POST /agent/v1/sessions/{session}/heartbeat}.
 *
 * @param held every attempt that the worker holds, from its acceptance to the acknowledgement of its end
 * @param load what the node is busy with
 * @param draining whether the worker takes nothing new, since it is being stopped
 * @param clockMillis the worker's wall clock, milliseconds since 1970 UTC; shown, never used
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Heartbeat(List<RunRef> held, Load load, boolean draining, long clockMillis) {}
