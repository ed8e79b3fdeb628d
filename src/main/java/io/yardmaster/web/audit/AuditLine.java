package io.yardmaster.web.audit;

import io.yardmaster.audit.RecordedEntry;
import java.util.List;

/**
 * An entry as the page shows it.
 *
 * @param facts what its detail says
 */
public record AuditLine(RecordedEntry entry, List<AuditFact> facts) {
    static AuditLine of(RecordedEntry entry) {
        return new AuditLine(entry, AuditFact.of(entry.detail()));
    }
}
