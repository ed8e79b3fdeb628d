package io.yardmaster.protocol;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * {@code POST /agent/v1/sessions/{session}/output}. Idempotent by run, epoch and start. Answered 204 when all are durable.
 *
 * @param chunks at most 4 MiB of bytes in all
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record OutputRequest(List<Chunk> chunks) {
    /**
     * A stretch of what an attempt printed: either bytes, or a gap that says how many were left out.
     *
     * @param ref which run and epoch
     * @param start offset of the first byte in the attempt's output
     * @param bytes at most 256 KiB; empty for a gap
     * @param gap how many bytes were left out; 0 for none
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @SuppressWarnings("ArrayRecordComponent") // carried once, never compared
    public record Chunk(RunRef ref, long start, byte[] bytes, long gap) {}
}
