package io.yardmaster.audit;

import java.time.Instant;

/**
 * An entry as it stands in the record.
 *
 * @param id rises in the order of the acts
 * @param detail JSON object
 */
public record RecordedEntry(long id, Instant at, Actor actor, String action, Subject subject, String detail) {}
