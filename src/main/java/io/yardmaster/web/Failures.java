package io.yardmaster.web;

import io.yardmaster.database.DatabaseUnavailable;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells failures: programs get problem details (RFC 9457), people a page. Both get an id that finds the trace in the
 * log; neither ever gets the trace.
 */
final class Failures implements ExceptionMapper<Throwable> {
    static final String TEMPLATE = "error";
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final MediaType PROBLEM_JSON = MediaType.valueOf("application/problem+json");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int UNKNOWN_CALLER = 401;
    private static final int UNAVAILABLE = 503;
    private static final int SECONDS_TO_RECOVER = 5;
    private static final int NOTHING_THERE = 404;

    @Context
    private jakarta.inject.Provider<ContainerRequestContext> current;

    private final RefusedAttempts refused;
    private final Identification identification;

    Failures(RefusedAttempts refused, Identification identification) {
        this.refused = refused;
        this.identification = identification;
    }

    @Override
    public Response toResponse(Throwable thrown) {
        ContainerRequestContext request = current.get();
        Failure failure = Spoken.named(Failure.of(thrown), request);
        String id = String.format("%08x", RANDOM.nextInt());
        log(failure, id, request, thrown);
        refused.note(request, failure);
        Response answer = Audience.of(request.getUriInfo().getPath()) == Audience.PROGRAM
                ? toProgram(failure, id, request)
                : toPerson(failure, id, request);
        if (thrown instanceof NotAllowedException known) {
            answer.getHeaders().putSingle(HttpHeaders.ALLOW, known.getResponse().getHeaderString(HttpHeaders.ALLOW));
        }
        if (failure.status() == UNAVAILABLE) {
            answer.getHeaders().putSingle(HttpHeaders.RETRY_AFTER, SECONDS_TO_RECOVER);
        }
        return answer;
    }

    private static void log(Failure failure, String id, ContainerRequestContext request, Throwable thrown) {
        String path = request.getUriInfo().getPath();
        if (thrown instanceof DatabaseUnavailable) {
            LOG.debug("error {} in {} /{}", id, request.getMethod(), path, thrown);
        } else if (failure.status() == UNAVAILABLE) {
            LOG.warn("error {} in {} /{}: {}", id, request.getMethod(), path, thrown.toString());
        } else if (failure.isOurs()) {
            LOG.error("error {} in {} /{}", id, request.getMethod(), path, thrown);
        } else {
            LOG.debug("answer {} to {} /{}, error {}", failure.status(), request.getMethod(), path, id, thrown);
        }
    }

    private static Response toProgram(Failure failure, String id, ContainerRequestContext request) {
        Response.ResponseBuilder answer = Response.status(failure.status())
                .type(PROBLEM_JSON)
                .entity(ProblemDetails.of(
                        failure, id, "/" + request.getUriInfo().getPath()));
        if (failure.status() == UNKNOWN_CALLER) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"Yardmaster\"");
        }
        return answer.build();
    }

    private Response toPerson(Failure failure, String id, ContainerRequestContext request) {
        if (failure.status() == UNKNOWN_CALLER) {
            return toSignIn(request);
        }
        if (failure.status() == NOTHING_THERE) {
            identify(request);
        }
        Page page = Page.of(TEMPLATE)
                .with("failure", failure)
                .with("id", id)
                .with("key", "error." + failure.status())
                .status(failure.status());
        return Response.status(failure.status()).entity(page).build();
    }

    /** No route, so no guard has asked yet who this is; known people keep their navigation, language and theme. */
    private void identify(ContainerRequestContext request) {
        try {
            identification.of(request);
        } catch (RuntimeException unreachable) {
            LOG.debug("nobody can be identified", unreachable);
        }
    }

    /** A refreshing part of a page must lead the whole page there, which only htmx's own header does. */
    private static Response toSignIn(ContainerRequestContext request) {
        boolean comesBack = request.getMethod().equals("GET") && request.getHeaderString("HX-Request") == null;
        String query = request.getUriInfo().getRequestUri().getRawQuery();
        // as it was written: a header has no room for other letters
        String path = "/" + request.getUriInfo().getPath(false) + (query == null ? "" : "?" + query);
        String target = comesBack && !path.equals("/")
                ? "/sign-in?next=" + URLEncoder.encode(path, StandardCharsets.UTF_8)
                : "/sign-in";
        if (request.getHeaderString("HX-Request") != null) {
            String url = SurroundingsFinder.contextPath(request) + target;
            return Response.status(UNKNOWN_CALLER).header("HX-Redirect", url).build();
        }
        return Response.ok(Redirect.to(target)).build();
    }
}
