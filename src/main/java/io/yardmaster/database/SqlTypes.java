package io.yardmaster.database;

import java.time.Instant;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Jdbi;

/** Which SQL array a Java list or array is bound as, so that sets are passed as one {@code unnest(:ids)} parameter. */
final class SqlTypes {
    private SqlTypes() {}

    static void registerWith(Jdbi jdbi) {
        jdbi.registerArrayType(Long.class, "int8");
        jdbi.registerArrayType(Integer.class, "int4");
        jdbi.registerArrayType(String.class, "text");
        jdbi.registerArrayType(Boolean.class, "bool");
        jdbi.registerArrayType(Float.class, "float4");
        jdbi.registerArrayType(
                Instant.class, "timestamptz", instant -> instant == null ? null : instant.atOffset(ZoneOffset.UTC));
    }
}
