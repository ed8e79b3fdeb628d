package io.yardmaster.lock;

import java.util.Objects;

/**
 * What somebody wants a lock to be.
 *
 * @param namespace whose lock it is
 * @param name unique in its namespace among the locks that are not archived
 * @param description for people; may be empty
 * @param owner whom to ask about it; may be empty
 * @param kind a {@link LockKind}
 * @param permits of a semaphore; null for every other
 */
public record LockDraft(String namespace, String name, String description, String owner, String kind, Integer permits) {
    public LockDraft {
        namespace = Objects.requireNonNullElse(namespace, "");
        name = Objects.requireNonNullElse(name, "");
        description = Objects.requireNonNullElse(description, "");
        owner = Objects.requireNonNullElse(owner, "");
    }
}
