package io.yardmaster.web.definition;

import io.yardmaster.job.Overlap;
import io.yardmaster.job.Retry;
import io.yardmaster.job.RunRules;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes what a job says of its runs; of a retry every field. */
final class RunRulesWriter {
    private RunRulesWriter() {}

    /** Adds what differs from the standard to the job's {@code fields}. */
    static void write(RunRules rules, Map<String, Object> fields) {
        if (rules.retry() != null) {
            fields.put("retry", retry(rules.retry()));
        }
        if (rules.overlap() != null) {
            fields.put("overlap", overlap(rules.overlap()));
        }
        put(fields, "warnAfter", rules.warnAfter());
        put(fields, "expiresAfter", rules.expiresAfter());
        if (rules.priority() != 0) {
            fields.put("priority", rules.priority());
        }
        put(fields, "deadline", rules.deadline());
    }

    private static Map<String, Object> overlap(Overlap overlap) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("policy", overlap.policy().name());
        put(fields, "maxParallel", overlap.maxParallel());
        put(fields, "maxWaiting", overlap.maxWaiting());
        return fields;
    }

    private static void put(Map<String, Object> fields, String name, Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    private static Map<String, Object> retry(Retry retry) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("count", retry.count());
        fields.put("delay", retry.delay());
        fields.put("backoff", number(retry.backoff()));
        fields.put("maxDelay", retry.maxDelay());
        fields.put("jitter", retry.jitter());
        fields.put("on", retry.on().stream().map(Enum::name).toList());
        return fields;
    }

    /** Without the zeros that nobody writes. */
    private static BigDecimal number(double value) {
        BigDecimal written = BigDecimal.valueOf(value).stripTrailingZeros();
        return written.scale() < 0 ? written.setScale(0) : written;
    }
}
