package io.yardmaster.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Takes in a request's body before anything else is done with the request, and holds no thread while the body comes: any
 * number of clients that send a byte now and then cost a connection each, and keep nobody else waiting. A stranger gets
 * room for a form; more is taken only from whom we know.
 */
final class Intake extends HttpFilter {
    /** By which all of a small body must be here. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final long serialVersionUID = 1L;
    private static final String TAKEN = Intake.class.getName();
    /** Of anybody; what signs in, sets up or joins has less. */
    private static final int SMALL = 8 << 10;
    /** At which a larger body has to come. */
    private static final int BYTES_PER_SECOND = 16 << 10;

    private final transient Predicate<HttpServletRequest> known;
    private final transient BodyRoom room;
    private final transient BareAnswer tooSlow;
    private final Duration patience;

    /**
     * @param known whether a request comes from somebody we know
     * @param room for what is larger than anybody's
     */
    Intake(Predicate<HttpServletRequest> known, BodyRoom room, Messages messages, Duration patience) {
        this.known = known;
        this.room = room;
        this.tooSlow =
                new BareAnswer(HttpServletResponse.SC_REQUEST_TIMEOUT, "Request Timeout", "error.slow-body", messages);
        this.patience = patience;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getAttribute(TAKEN) instanceof byte[] body) {
            pass(request, body, response, chain);
        } else if (!hasBody(request) || !request.isAsyncSupported()) {
            chain.doFilter(request, response);
        } else {
            Optional<RefusedBody> refused = refused(request);
            if (refused.isPresent()) {
                chain.doFilter(new TakenIn(request, refused.get()), response);
            } else {
                takeIn(request, response, chain);
            }
        }
    }

    private static boolean hasBody(HttpServletRequest request) {
        boolean later = request.getProtocol().startsWith("HTTP/2")
                && !request.getMethod().equals("GET")
                && !request.getMethod().equals("HEAD");
        long length = request.getContentLengthLong();
        return length > 0 || (length < 0 && (later || request.getHeader("Transfer-Encoding") != null));
    }

    /** While nobody can be asked who it is, nobody is told that it is too much: a worker would drop what it brings. */
    private Optional<RefusedBody> refused(HttpServletRequest request) {
        long length = request.getContentLengthLong();
        if (0 < length && length <= SMALL) {
            return Optional.empty();
        }
        long most = BodyLimit.of(path(request));
        try {
            if (length > most || !known.test(request)) {
                return Optional.of(RefusedBody.tooLarge());
            }
        } catch (RuntimeException away) {
            return Optional.of(new RefusedBody(away));
        }
        return room.take(request, length < 0 ? most : length) ? Optional.empty() : Optional.of(RefusedBody.noRoom());
    }

    /** Below the context path, with its slash, as it was sent. */
    static String path(HttpServletRequest request) {
        return request.getRequestURI().substring(request.getContextPath().length());
    }

    private void takeIn(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ServletInputStream in = request.getInputStream();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        long length = request.getContentLengthLong();
        byte[] piece = new byte[SMALL];
        // most bodies come together with their heads; only where the length is told can a read not wait for more
        while (body.size() < length && in.available() > 0) {
            body.write(piece, 0, Math.max(in.read(piece), 0));
        }
        if (body.size() == length) {
            pass(request, body.toByteArray(), response, chain);
            return;
        }
        // the request as it came: the filters before this one see it anew
        AsyncContext pending = request.startAsync();
        pending.setTimeout(patience.toMillis()
                + Duration.ofSeconds(Math.max(length, 0) / BYTES_PER_SECOND).toMillis());
        ComingBody coming = new ComingBody(pending, in, body, BodyLimit.of(path(request)));
        coming.then(
                whole -> request.setAttribute(TAKEN, whole),
                () -> tooSlow.give(request, response, patience.toSeconds()));
    }

    private static void pass(HttpServletRequest request, byte[] body, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(new TakenIn(request, new ByteArrayInputStream(body)), response);
    }
}
