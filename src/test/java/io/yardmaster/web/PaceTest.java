package io.yardmaster.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
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

    @Test
    void every_answer_goes_by_it_and_what_is_said_after_its_end_is_dropped() throws IOException {
        SlowLine line = new SlowLine(15_000);
        OutputStream out = HangUp.noticedIn(answeredBy(line), pace).getOutputStream();
        out.write(new byte[PIECE]);
        assertThatIOException().isThrownBy(() -> out.write(new byte[4 * PIECE])).withMessageContaining("gone");
        out.write(new byte[PIECE]);
        assertThat(line.taken).isEqualTo(2 * PIECE);
    }

    private void write(long millis) throws IOException {
        pace.write(new SlowLine(millis), new byte[PIECE], 0, PIECE);
    }

    private static HttpServletResponse answeredBy(ServletOutputStream line) {
        return (HttpServletResponse) Proxy.newProxyInstance(
                PaceTest.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (self, method, given) -> line);
    }

    /** Takes so long for each piece. */
    private final class SlowLine extends ServletOutputStream {
        private final long millis;
        private int taken;

        SlowLine(long millis) {
            this.millis = millis;
        }

        @Override
        public void write(int one) {
            taken++;
            nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis) / PIECE);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new AssertionError("answers are written by waiting, not by listening");
        }
    }
}
