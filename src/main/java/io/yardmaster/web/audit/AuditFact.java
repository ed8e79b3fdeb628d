package io.yardmaster.web.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.yardmaster.web.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One thing that an entry of the audit tells beyond who did what to whom.
 *
 * @param name of the field
 * @param before its value until then; null if the entry tells no change
 * @param value its value since then
 */
public record AuditFact(String name, String before, String value) {
    private static final String NOTHING = "–";

    /** @param detail JSON object; whatever else it is, it is shown as it stands */
    static List<AuditFact> of(String detail) {
        try {
            List<AuditFact> facts = new ArrayList<>();
            Json.mapper()
                    .readTree(detail)
                    .properties()
                    .forEach(field -> facts.add(of(field.getKey(), field.getValue())));
            return facts;
        } catch (JsonProcessingException unreadable) {
            return List.of(new AuditFact("", null, detail));
        }
    }

    private static AuditFact of(String name, JsonNode value) {
        boolean change = value.isObject() && value.size() == 2 && value.has("from") && value.has("to");
        return change
                ? new AuditFact(name, said(value.get("from")), said(value.get("to")))
                : new AuditFact(name, null, said(value));
    }

    private static String said(JsonNode value) {
        if (value.isObject()) {
            return value.properties().stream()
                    .map(field -> field.getKey() + ": " + said(field.getValue()))
                    .collect(Collectors.joining(", "));
        }
        if (value.isArray()) {
            return value.valueStream().map(AuditFact::said).collect(Collectors.joining(", "));
        }
        return value.isNull() || value.asText().isEmpty() ? NOTHING : value.asText();
    }
}
