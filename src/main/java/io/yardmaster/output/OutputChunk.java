package io.yardmaster.output;

/**
 * A stretch of what one attempt printed: either bytes, or a gap that says how many were left out.
 *
 * @param run id
 * @param epoch the attempt's offer
 * @param start offset of its first byte in the attempt's output
 * @param bytes empty for a gap
 * @param gap how many bytes were left out; 0 for none
 */
@SuppressWarnings("ArrayRecordComponent") // carried once, never compared
public record OutputChunk(long run, long epoch, long start, byte[] bytes, long gap) {}
