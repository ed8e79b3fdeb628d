package io.yardmaster.trigger;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * By how much a job's runs are moved: the same as the database's function {@code jitter}, by which they are.
 *
 * @param hash of the job, 32 bits
 */
record Jitter(long hash) {
    static Jitter of(long job) {
        try {
            byte[] key = ByteBuffer.allocate(Long.BYTES).putLong(job).array();
            return new Jitter(Integer.toUnsignedLong(
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(key))
                            .getInt()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** @return seconds from 0 to {@code most} */
    static int of(long job, int most) {
        return most == 0 ? 0 : of(job).upTo(most);
    }

    /** @return seconds from 0 to {@code most} */
    int upTo(int most) {
        return (int) (hash % (most + 1L));
    }
}
