package io.yardmaster.trigger;

/** What {@link Ledger} asks, of many schedules at once. */
final class LedgerSql {
    private LedgerSql() {}

    /** Primary key. A stretch still open reaches to where its timetable has been fired. */
    static final String STRETCHES = """
            SELECT x.schedule_id, x.timetable_id, t.kind, t.expression, t.zone, t.gap, t.overlap, t.calendar_id, t.calendar_rule,
                   c.namespace || '/' || c.name AS calendar_name, x.calendar_version, x.from_at,
                   least(coalesce(x.through_at, m.fired_through), x.until_at) AS through_at
            FROM schedule_stretch x JOIN timetable t ON t.id = x.timetable_id
            JOIN timetable_mark m ON m.timetable_id = t.id LEFT JOIN business_calendar c ON c.id = t.calendar_id
            WHERE x.schedule_id = ANY (:schedules) AND x.from_at < :through
                AND coalesce(x.through_at, m.fired_through) > :from
            """;

    /**
     * Indexes {@code run_by_fire}, {@code run_history_by_job} and {@code run_history_made_up}. The id of a run tells when it was
     * made: minutes after its instant, unless it was made up or waited for its delay's turn.
     */
    static final String RUNS = """
            SELECT a.schedule, (SELECT count(*) FROM (
                SELECT nominal_at FROM run
                WHERE schedule_id = a.schedule AND nominal_at > :from AND nominal_at <= a.through
                UNION
                SELECT nominal_at FROM run_history
                WHERE job_id = a.job AND schedule_id = a.schedule AND nominal_at > :from AND nominal_at <= a.through
                    AND id >= id_floor(:from)
                    AND (a.delay OR id < id_floor(a.through + interval '10 minutes'))
                UNION
                SELECT nominal_at FROM run_history
                WHERE schedule_id = a.schedule AND nominal_at > :from AND nominal_at <= a.through AND cause = 'CATCH_UP'
            ) fired) AS count
            FROM unnest(:schedules, :jobs, :delays, :throughs) AS a (schedule, job, delay, through)
            """;

    /** Index {@code fire_range_by_schedule}. */
    static final String RANGES = """
            SELECT schedule_id, from_at, through_at, instants, reason FROM fire_range
            WHERE schedule_id = ANY (:schedules) AND from_at <= :through AND through_at > :from
            """;

    /**
     * Indexes {@code timetable_by_owner} and {@code fire_pkey}. What delays do, those too that the schedule had before, is known
     * by what they did.
     */
    static final String FIRES = """
            SELECT a.schedule, (SELECT count(*) FROM timetable t JOIN fire f ON f.timetable_id = t.id
                WHERE t.owner_id = a.schedule AND f.nominal_at > :from AND f.nominal_at <= a.through AND f.runs > 0) AS count
            FROM unnest(:schedules, :jobs, :delays, :throughs) AS a (schedule, job, delay, through)
            """;
}
