package io.yardmaster.web.job;

import java.time.Instant;
import java.util.List;

/**
 * Why a change was not stored: somebody else changed the job while it was being edited.
 *
 * @param by who
 * @param at when
 * @param version the job is in now
 * @param lines from theirs to what the editor wrote; empty if both are the same
 */
public record LostUpdate(String by, Instant at, int version, List<LineDiff.Line> lines) {}
