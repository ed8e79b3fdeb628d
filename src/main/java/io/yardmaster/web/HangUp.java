package io.yardmaster.web;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client that goes away before it has its answer, or takes it too slowly: nobody's failure, and no trace in the log. The
 * first write that finds it gone ends the writing; what is said after that is dropped.
 */
final class HangUp implements WriterInterceptor {
    private static final Logger LOG = LoggerFactory.getLogger(HangUp.class);

    @Override
    public void aroundWriteTo(WriterInterceptorContext answer) throws IOException {
        try {
            answer.proceed();
        } catch (Gone gone) {
            LOG.debug("a client hung up", gone);
        }
    }

    /** {@code response}, with its client's going away told from failures of ours. */
    static HttpServletResponse noticedIn(HttpServletResponse response) {
        return noticedIn(response, new Pace(System::nanoTime));
    }

    /** @param pace at which the client has to take it */
    static HttpServletResponse noticedIn(HttpServletResponse response, Pace pace) {
        return new HttpServletResponseWrapper(response) {
            private ServletOutputStream out;

            @Override
            public ServletOutputStream getOutputStream() throws IOException {
                if (out == null) {
                    out = new Line(super.getOutputStream(), pace);
                }
                return out;
            }

            @Override
            public void flushBuffer() throws IOException {
                getOutputStream().flush();
            }
        };
    }

    private static final class Gone extends IOException {
        private static final long serialVersionUID = 1L;

        Gone(IOException cause) {
            super("the client is gone", cause);
        }
    }

    /** To the client, whatever container holds its end. */
    private static final class Line extends ServletOutputStream {
        private static final int PIECE = 8 << 10;

        private final ServletOutputStream out;
        private final Pace pace;
        private boolean dead;

        Line(ServletOutputStream out, Pace pace) {
            this.out = out;
            this.pace = pace;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (dead) {
                return;
            }
            try {
                for (int at = 0; at < length; at += PIECE) {
                    pace.write(out, bytes, from + at, Math.min(PIECE, length - at));
                }
            } catch (IOException broken) {
                dead = true;
                throw new Gone(broken);
            }
        }

        @Override
        public void flush() {
            quietly(out::flush);
        }

        @Override
        public void close() {
            quietly(out::close);
        }

        private void quietly(Act act) {
            try {
                if (!dead) {
                    act.run();
                }
            } catch (IOException broken) {
                dead = true;
                LOG.debug("a client hung up", broken);
            }
        }

        @Override
        public boolean isReady() {
            return out.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            out.setWriteListener(listener);
        }

        private interface Act {
            void run() throws IOException;
        }
    }
}
