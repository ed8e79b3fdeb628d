package io.yardmaster.trigger;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** By how much a job's runs are moved: the same as the database's function {@code jitter}, by which they are. */
final class Jitter {
    private Jitter() {}

    /** @return seconds from 0 to {@code most} */
    static int of(long job, int most) {
        if (most == 0) {
            return 0;
        }
        try {
            byte[] key = ByteBuffer.allocate(Long.BYTES).putLong(job).array();
            int hash = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(key))
                    .getInt();
            return (int) (Integer.toUnsignedLong(hash) % (most + 1L));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
