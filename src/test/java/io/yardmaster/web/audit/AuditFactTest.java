package io.yardmaster.web.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AuditFactTest {
    @Test
    void a_change_has_both_values() {
        assertThat(AuditFact.of("""
                {"weight": {"from": 1, "to": 4}, "description": {"from": "", "to": "by the gate"}}"""))
                .containsExactly(new AuditFact("weight", "1", "4"), new AuditFact("description", "–", "by the gate"));
    }

    @Test
    void what_is_within_others_is_told_in_a_line() {
        assertThat(AuditFact.of("""
                {"roles": {"*": "ADMIN", "shop": "VIEWER"}, "tags": ["a", "b"], "cron": "0 0 * * * ?", "none": null}"""))
                .containsExactly(
                        new AuditFact("roles", null, "*: ADMIN, shop: VIEWER"),
                        new AuditFact("tags", null, "a, b"),
                        new AuditFact("cron", null, "0 0 * * * ?"),
                        new AuditFact("none", null, "–"));
    }

    @Test
    void nothing_tells_nothing() {
        assertThat(AuditFact.of("{}")).isEmpty();
    }
}
