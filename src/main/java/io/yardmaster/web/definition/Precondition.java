package io.yardmaster.web.definition;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;

/**
 * What a writer believes to be there ({@code If-Match}, {@code If-None-Match: *}); checked under the lock of the change.
 *
 * @param match entity tags of which one must fit, or {@code *}; empty for any state
 * @param mustBeNew whether there must be nothing yet
 */
public record Precondition(List<String> match, boolean mustBeNew) {
    public static final Precondition NONE = new Precondition(List.of(), false);

    /** From the headers as they came; null for one that did not. */
    public static Precondition of(String ifMatch, String ifNoneMatch) {
        List<String> tags = ifMatch == null
                ? List.of()
                : Arrays.stream(ifMatch.split(",")).map(Precondition::bare).toList();
        return new Precondition(tags, ifNoneMatch != null && ifNoneMatch.strip().equals("*"));
    }

    /** @throws ClientErrorException with status 412 if something must be there, since nothing is */
    void checkAbsent(String what) {
        if (!match.isEmpty()) {
            throw failed("there is no " + what + " any more: leave If-Match out to make it");
        }
    }

    /**
     * @param etag version, or version and digest, of what is there; a writer may name the version alone
     * @param last who changed it last and when, as a clause
     * @throws ClientErrorException with status 412 if the writer believed otherwise
     */
    void check(String what, String etag, String last) {
        if (mustBeNew) {
            throw failed("there is a " + what + " already: leave If-None-Match out to change it");
        }
        String version = etag.split("-", 2)[0];
        if (!match.isEmpty() && !match.contains("*") && !match.contains(etag) && !match.contains(version)) {
            throw failed(what + " was changed meanwhile, " + last + ": it is now \"" + etag + "\", your change was made"
                    + " from " + match + ". Load it again and repeat your change");
        }
    }

    private static ClientErrorException failed(String message) {
        return new ClientErrorException(message, Response.Status.PRECONDITION_FAILED);
    }

    private static String bare(String tag) {
        return tag.strip().replaceFirst("^W/", "").replace("\"", "");
    }
}
