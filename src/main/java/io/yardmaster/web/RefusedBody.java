package io.yardmaster.web;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** In place of a body that is not taken in. Who may not come here is told that first; only who reads it is told this. */
final class RefusedBody extends InputStream {
    private final RuntimeException refusal;

    /** @param refusal what whoever reads it is told */
    RefusedBody(RuntimeException refusal) {
        this.refusal = refusal;
    }

    static RefusedBody tooLarge() {
        return new RefusedBody(new ClientErrorException(
                "this body is too large, or of a length that is not told beforehand, for somebody we do not know",
                Response.Status.REQUEST_ENTITY_TOO_LARGE));
    }

    static RefusedBody noRoom() {
        return new RefusedBody(
                new ServiceUnavailableException("too many large requests are being taken in at the moment,"
                        + " so nothing was done; try again in a few seconds"));
    }

    @Override
    public int read() {
        throw refusal;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        return read();
    }

    /** So that whoever asks whether there is a body need not read it. */
    @Override
    public int available() {
        return 1;
    }
}
