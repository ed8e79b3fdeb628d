package io.yardmaster.web;

import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

// S19
final class PaceTest {
    private static final int PIECE = 8 << 10;

    private final AtomicLong nanos = new AtomicLong();
    private final Pace pace = new Pace(nanos::get);

    @Test
    void a_client_at_the_end_of_a_thin_line_gets_all_of_a_long_answer() throws IOException {
        for (int i = 0; i < 10_000; i++) {
            write(2000);
        }
    }

    @Test
    void a_client_that_takes_a_little_now_and_then_is_given_up() throws IOException {
        write(15_000);
        assertThatIOException().isThrownBy(() -> write(15_000)).withMessageContaining("too slowly");
    }

    @Test
    void time_between_writes_is_not_the_clients() throws IOException {
        for (int i = 0; i < 10; i++) {
            nanos.addAndGet(TimeUnit.HOURS.toNanos(1));
            write(1);
        }
    }

    private void write(long millis) throws IOException {
        OutputStream slow = new OutputStream() {
            @Override
            public void write(int one) {
                nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis) / PIECE);
            }
        };
        pace.write(slow, new byte[PIECE], 0, PIECE);
    }
}
