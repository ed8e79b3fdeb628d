package io.yardmaster.trigger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.yardmaster.audit.Actor;
import io.yardmaster.database.Missing;
import io.yardmaster.database.Transaction;
import io.yardmaster.timetable.Timetable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Stores new backfills. */
final class BackfillInserts {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PART = 10_000;

    /** So that of two who make the same backfill the second sees the first. */
    private static final String HOLD_JOB =
            "SELECT id FROM job WHERE id = :job AND archived_at IS NULL FOR NO KEY UPDATE";

    /** Index {@code backfill_by_job}. */
    private static final String RIVAL = """
            SELECT id FROM backfill WHERE job_id = :job AND schedule_id IS NOT DISTINCT FROM :schedule
                AND ended_at IS NULL AND from_at <= :until AND through_at >= :from
            ORDER BY id LIMIT 1
            """;

    private static final String INSERT = """
            INSERT INTO backfill (job_id, schedule_id, kind, expression, zone, gap, overlap, calendar, calendar_rule, from_at, through_at, instants,
                parallelism, newest_first, stop_on_failure, again, parameters, created_by)
            VALUES (:job, :schedule, :kind, :expression, :zone, :gap, :overlap, :calendar, :calendarRule, :from, :until, :instants,
                :parallelism, :newestFirst, :stopOnFailure, :again, CAST(:parameters AS jsonb), :by)
            RETURNING id
            """;

    private static final String INSERT_INSTANTS = """
            INSERT INTO backfill_instant (backfill_id, place, nominal_at, adjustment, state, run_id)
            SELECT :backfill, :before + place, nominal, adjustment, CASE WHEN run IS NULL THEN 'PENDING' ELSE 'LEFT_OUT' END, run
            FROM unnest(:nominals, :adjustments, :runs) WITH ORDINALITY AS i (nominal, adjustment, run, place)
            """;

    private BackfillInserts() {}

    static void holdJob(Transaction transaction, long job) {
        Optional<Long> held = transaction
                .sql()
                .createQuery(HOLD_JOB)
                .bind("job", job)
                .mapTo(Long.class)
                .findOne();
        if (held.isEmpty()) {
            throw new Missing("job " + job);
        }
    }

    /** One of the same job and schedule that is under way and has time in common. */
    static Optional<Long> findRival(Transaction transaction, BackfillDraft draft) {
        return transaction
                .sql()
                .createQuery(RIVAL)
                .bind("job", draft.job())
                .bind("schedule", draft.scheduleId())
                .bind("from", draft.from())
                .bind("until", draft.until())
                .mapTo(Long.class)
                .findOne();
    }

    static long insert(Transaction transaction, BackfillDraft draft, BackfillPlan plan, Actor by) {
        Timetable when = draft.timetable();
        return transaction
                .sql()
                .createQuery(INSERT)
                .bind("job", draft.job())
                .bind("schedule", draft.scheduleId())
                .bind("kind", when.kind())
                .bind("expression", when.expression())
                .bind("zone", when.zone())
                .bind("gap", when.gap())
                .bind("overlap", when.overlap())
                .bind("from", draft.from())
                .bind("until", draft.until())
                .bind("calendar", plan.calendar())
                .bind(
                        "calendarRule",
                        when.calendar() == null ? null : when.calendar().rule())
                .bind("instants", plan.instants())
                .bindMethods(draft.terms())
                .bind("parameters", json(draft))
                .bind("by", by.name())
                .mapTo(Long.class)
                .one();
    }

    /** In parts, each of which is stored well within the time that a statement may take. */
    static void insertInstants(Transaction transaction, long backfill, BackfillPlan plan, boolean newestFirst) {
        List<BackfillPlan.Line> lines = new ArrayList<>(plan.lines());
        if (newestFirst) {
            Collections.reverse(lines);
        }
        int made = 0;
        while (made < lines.size()) {
            List<BackfillPlan.Line> part = lines.subList(made, Math.min(lines.size(), made + PART));
            made += insert(transaction, backfill, made, part);
        }
    }

    private static int insert(Transaction transaction, long backfill, int before, List<BackfillPlan.Line> lines) {
        List<Long> runs = new ArrayList<>();
        List<String> adjustments = new ArrayList<>();
        lines.forEach(line -> {
            runs.add(line.leftOut() ? line.run() : null);
            adjustments.add(line.adjustment());
        });
        int made = transaction
                .sql()
                .createUpdate(INSERT_INSTANTS)
                .bind("backfill", backfill)
                .bind("before", before)
                .bindArray(
                        "nominals",
                        Instant.class,
                        lines.stream().map(BackfillPlan.Line::nominal).toList())
                .bindArray("adjustments", String.class, adjustments)
                .bindArray("runs", Long.class, runs)
                .execute();
        if (made != lines.size()) {
            throw new IllegalStateException(made + " of " + lines.size() + " instants were stored");
        }
        return made;
    }

    /** For the audit. */
    static Map<String, Object> detail(BackfillDraft draft, BackfillPlan plan) {
        Map<String, Object> detail = new TreeMap<>();
        detail.put("job", Long.toString(draft.job()));
        detail.put(
                "schedule", draft.schedule() == null ? null : draft.schedule().name());
        detail.put("from", draft.from().toString());
        detail.put("until", draft.until().toString());
        detail.put("instants", plan.instants());
        detail.put("leftOut", plan.leftOut());
        detail.put("parallelism", draft.terms().parallelism());
        return detail;
    }

    /** The schedule's parameters as they are now, with those of the draft on top. */
    private static String json(BackfillDraft draft) {
        Map<String, String> parameters = new TreeMap<>(
                draft.schedule() == null ? Map.of() : draft.schedule().parameters());
        parameters.putAll(draft.parameters());
        try {
            return JSON.writeValueAsString(parameters);
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException("parameters", impossible);
        }
    }
}
