package io.yardmaster.web;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Response;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Refuses bodies that are too large, before or while they are read. */
@PreMatching
final class BodyLimit implements ContainerRequestFilter {
    private static final int MEBIBYTE = 1 << 20;
    private static final long PERSON_OR_API = 2L * MEBIBYTE;
    /** A worker's batch of output chunks. */
    static final long AGENT = 16L * MEBIBYTE;

    @Override
    public void filter(ContainerRequestContext request) {
        long limit = of("/" + request.getUriInfo().getPath());
        if (request.getLength() > limit) {
            throw tooLarge(limit);
        }
        request.setEntityStream(new Limited(request.getEntityStream(), limit));
    }

    /** @param path below the context path, with its slash */
    static long of(String path) {
        return isAgents(path) ? AGENT : PERSON_OR_API;
    }

    static boolean isAgents(String path) {
        return path.startsWith("/agent/");
    }

    private static ClientErrorException tooLarge(long limit) {
        return new ClientErrorException(
                "the request's body is larger than " + limit / MEBIBYTE + " MiB",
                Response.Status.REQUEST_ENTITY_TOO_LARGE);
    }

    private static final class Limited extends FilterInputStream {
        private final long limit;
        private long read;

        Limited(InputStream in, long limit) {
            super(in);
            this.limit = limit;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            int got = readOrRefuse(buffer, offset, length);
            count(Math.max(got, 0));
            return got;
        }

        /** Where a body breaks off Jersey would let the failure through to the container, as if it were ours. */
        private int readOrRefuse(byte[] buffer, int offset, int length) {
            try {
                return super.read(buffer, offset, length);
            } catch (IOException broken) {
                throw new BadRequestException("the body broke off or is malformed", broken);
            }
        }

        private void count(int bytes) {
            read += bytes;
            if (read > limit) {
                throw tooLarge(limit);
            }
        }
    }
}
