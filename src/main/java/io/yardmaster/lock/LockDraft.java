package io.yardmaster.lock;

import java.util.Map;
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
 * @param variables of a condition, as they are at first; null for every other
 */
public record LockDraft(
        String namespace,
        String name,
        String description,
        String owner,
        String kind,
        Integer permits,
        Variables variables) {
    /** Of one that is no condition. */
    public LockDraft(String namespace, String name, String description, String owner, String kind, Integer permits) {
        this(namespace, name, description, owner, kind, permits, null);
    }

    public LockDraft {
        namespace = Objects.requireNonNullElse(namespace, "");
        name = Objects.requireNonNullElse(name, "");
        description = Objects.requireNonNullElse(description, "");
        owner = Objects.requireNonNullElse(owner, "");
        variables = variables == null && LockKind.CONDITION.name().equals(kind) ? Variables.of(Map.of()) : variables;
    }
}
