package io.yardmaster.audit;

import java.util.Map;

/**
 * One act.
 *
 * @param action {@code kind.verb} in the infinitive, as in {@code job.update}; refused attempts end in {@code .refused}
 * @param detail old and new values by name; never a secret. Values are text, numbers, booleans, null, maps or lists
 */
public record AuditEntry(Actor actor, String action, Subject subject, Map<String, ?> detail) {}
