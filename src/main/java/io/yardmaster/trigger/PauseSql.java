package io.yardmaster.trigger;

/** Which schedules a pause takes in, as conditions on schedule {@code s}, its job {@code j} and pause {@code p}. */
final class PauseSql {
    /** Schedules that {@code scope} takes in. Indexes {@code schedule_pkey}, {@code schedule_by_name}, {@code job_by_name}. */
    static final String OF_SCOPE = """
            s.archived_at IS NULL AND CASE :scope
                WHEN 'SCHEDULE' THEN s.id = CAST(nullif(:subject, '') AS bigint)
                WHEN 'JOB' THEN s.job_id = CAST(nullif(:subject, '') AS bigint)
                WHEN 'NAMESPACE' THEN j.namespace = :subject
                ELSE true END
            """;

    /** Whether {@code p} takes the schedule in. Index {@code pause_by_subject}. */
    static final String HOLDS = """
            (p.scope = 'SYSTEM'
                OR p.scope = 'NAMESPACE' AND p.subject = j.namespace
                OR p.scope = 'JOB' AND p.subject = j.id::text
                OR p.scope = 'SCHEDULE' AND p.subject = s.id::text)
            """;

    private PauseSql() {}
}
