package io.yardmaster.web.definition;

/**
 * What came of a document.
 *
 * @param id of what it defines
 * @param etag of its state now
 */
public record Applied(String kind, String namespace, String name, long id, Change change, String etag) {
    /** How it differs from what was there. */
    public enum Change {
        CREATED,
        UPDATED,
        UNCHANGED
    }
}
