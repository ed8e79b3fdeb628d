package io.yardmaster.web;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * At which a client has to take its answer. The thread that writes waits for it, so one that takes a byte now and then would
 * keep that thread; only what is spent in writing counts, not what we ourselves take to say the next thing.
 */
final class Pace {
    private static final long GRANTED = TimeUnit.SECONDS.toNanos(20);
    private static final long NANOS_PER_BYTE = TimeUnit.SECONDS.toNanos(1) / (4 << 10);

    private final LongSupplier nanos;
    private long granted = GRANTED;

    /** @param nanos a monotonic clock */
    Pace(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** @throws IOException if the client is gone, or slower than 4 KiB a second with 20 s to begin with */
    void write(OutputStream out, byte[] bytes, int from, int length) throws IOException {
        long begun = nanos.getAsLong();
        out.write(bytes, from, length);
        granted += length * NANOS_PER_BYTE - (nanos.getAsLong() - begun);
        if (granted < 0) {
            throw new IOException("the client takes its answer too slowly");
        }
    }
}
