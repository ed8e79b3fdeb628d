package io.yardmaster.trigger;

/** What {@link Ledger} asks, of many schedules at once. */
final class LedgerSql {
    private LedgerSql() {}

    /**
     * Indexes {@code run_by_fire}, {@code run_history_by_job} and {@code run_history_made_up}, for windows in which no calendar
     * moves anything. The id of a run tells when it was made: minutes after its instant, unless it was made up or waited for its
     * delay's turn; an hour is looked at, and more of long windows. Runs that others than the window's instants have are named.
     */
    static final String RUNS = """
            SELECT a.schedule, sum((SELECT count(*) FROM (
                SELECT nominal_at FROM run
                WHERE schedule_id = a.schedule AND nominal_at > a.from_at AND nominal_at <= a.through
                UNION
                SELECT nominal_at FROM run_history
                WHERE job_id = a.job AND schedule_id = a.schedule AND nominal_at > a.from_at AND nominal_at <= a.through
                    AND id >= id_floor(a.from_at)
                    AND (a.delay OR id < id_floor(a.through + greatest(interval '1 hour', (a.through - a.from_at) / 5)))
                UNION
                SELECT nominal_at FROM run_history
                WHERE schedule_id = a.schedule AND nominal_at > a.from_at AND nominal_at <= a.through AND cause = 'CATCH_UP'
            ) fired WHERE (a.schedule, nominal_at) NOT IN (SELECT * FROM unnest(:others, :nominals)))) AS count
            FROM unnest(:schedules, :jobs, :delays, :froms, :throughs) AS a (schedule, job, delay, from_at, through)
            GROUP BY a.schedule
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
            FROM unnest(:schedules, :throughs) AS a (schedule, through)
            """;
}
