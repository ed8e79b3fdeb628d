package io.yardmaster.web.node;

import io.yardmaster.audit.Actor;
import io.yardmaster.audit.Audit;
import io.yardmaster.audit.AuditEntry;
import io.yardmaster.audit.Subject;
import io.yardmaster.database.Transaction;
import io.yardmaster.security.OneTimeCodes;
import io.yardmaster.security.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** A one-time code with which a machine becomes a node; who made it, and until when it holds, is in the audit. */
public record IssuedCode(String code, Instant until) {
    public static IssuedCode issue(Transaction transaction, Actor by, Duration life) {
        String code = OneTimeCodes.issue(transaction, Purpose.JOIN, by.name(), life);
        Instant until = transaction.now().plus(life);
        Subject anyNode = new Subject("node", null, "*");
        Audit.record(transaction, new AuditEntry(by, "node.join-code", anyNode, Map.of("until", until)));
        return new IssuedCode(code, until);
    }
}
