package io.yardmaster.web;

import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Form;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import org.glassfish.jersey.media.multipart.FormDataBodyPart;
import org.glassfish.jersey.media.multipart.FormDataMultiPart;
import org.glassfish.jersey.server.ContainerRequest;

/** Requests that another site's page made the browser send (CSRF). */
final class Forgery {
    static final String FIELD = "csrf";
    static final String HEADER = "X-CSRF-Token";
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private Forgery() {}

    /**
     * Whether a foreign page could have sent it. It could not if it carries a bearer token, which browsers do not add
     * by themselves, or if it is JSON without our cookie, which browsers send abroad only after asking us.
     */
    static boolean isPossible(ContainerRequestContext request) {
        if (SAFE.contains(request.getMethod()) || Bearer.of(request).isPresent()) {
            return false;
        }
        boolean json = MediaType.APPLICATION_JSON_TYPE.isCompatible(request.getMediaType());
        return !json || SessionCookie.of(request) != null;
    }

    /** Insists on the browser's word that the page was ours. */
    static void refuseForeign(ContainerRequestContext request) {
        String site = request.getHeaderString("Sec-Fetch-Site");
        String origin = request.getHeaderString("Origin");
        boolean ours = site == null ? isOurs(origin, request.getHeaderString("Host")) : site.equals("same-origin");
        if (!ours) {
            throw new ForbiddenException("the request does not come from a page of this console");
        }
    }

    private static boolean isOurs(String origin, String host) {
        return origin != null && host != null && (origin.equals("http://" + host) || origin.equals("https://" + host));
    }

    /** Insists on the session's token, in the header or the form; a visitor without a session has none to show. */
    static void refuseWithoutToken(ContainerRequestContext request, Visitor visitor) {
        if (visitor.cameByCookie() && !equal(visitor.csrfToken(), given(request))) {
            throw new ForbiddenException("the form is too old or not from this console: reload the page and try again");
        }
    }

    private static String given(ContainerRequestContext request) {
        String header = request.getHeaderString(HEADER);
        boolean form = MediaType.APPLICATION_FORM_URLENCODED_TYPE.isCompatible(request.getMediaType());
        boolean withFile = MediaType.MULTIPART_FORM_DATA_TYPE.isCompatible(request.getMediaType());
        if (header != null || !(form || withFile)) {
            return header;
        }
        ContainerRequest readable = (ContainerRequest) request;
        readable.bufferEntity();
        if (form) {
            return readable.readEntity(Form.class).asMap().getFirst(FIELD);
        }
        FormDataBodyPart token = readable.readEntity(FormDataMultiPart.class).getField(FIELD);
        return token == null ? null : token.getValue();
    }

    private static boolean equal(String expected, String given) {
        return given != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
