package io.yardmaster.protocol;

import java.util.List;

/**
 * The lease is extended.
 *
 * @param kill of what is held, the attempts that are no longer the worker's: to be ended without a report
 */
public record HeartbeatAnswer(List<RunRef> kill) {}
