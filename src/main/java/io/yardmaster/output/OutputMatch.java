package io.yardmaster.output;

/**
 * Where something stands in an output, with what stands around it on its line.
 *
 * @param offset of the first byte that matches
 * @param start offset of the first byte of {@code around}, at which a character begins
 * @param around at most some hundred bytes, without a line feed
 */
@SuppressWarnings("ArrayRecordComponent") // carried once, never compared
public record OutputMatch(long offset, long start, byte[] around) {}
