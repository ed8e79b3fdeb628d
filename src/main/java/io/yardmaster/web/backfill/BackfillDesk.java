package io.yardmaster.web.backfill;

import io.yardmaster.database.Invalid;
import io.yardmaster.database.Missing;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Job;
import io.yardmaster.job.Jobs;
import io.yardmaster.security.Caller;
import io.yardmaster.security.Permission;
import io.yardmaster.timetable.Timetable;
import io.yardmaster.trigger.Backfill;
import io.yardmaster.trigger.BackfillDraft;
import io.yardmaster.trigger.BackfillList;
import io.yardmaster.trigger.Schedule;
import io.yardmaster.trigger.Schedules;
import io.yardmaster.web.definition.BackfillRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;

/** Finds what requests are about: backfills, jobs and schedules, permission asked. */
public final class BackfillDesk {
    private final BackfillList list = new BackfillList();
    private final Jobs jobs;
    private final Schedules schedules;

    public BackfillDesk(Jobs jobs, Schedules schedules) {
        this.jobs = jobs;
        this.schedules = schedules;
    }

    /** A backfill that the caller may do this with. @throws Missing if there is none, or none that they may see */
    Backfill find(Transaction transaction, long id, Permission permission, Caller caller) {
        Backfill backfill = list.find(transaction, id)
                .filter(found -> caller.may(Permission.VIEW, found.of().namespace()))
                .orElseThrow(() -> new Missing("backfill " + id));
        caller.demand(permission, backfill.of().namespace());
        return backfill;
    }

    /** @throws Invalid if there is no such job, or none that the caller may see */
    Job job(Transaction transaction, BackfillRequest request, Caller caller) {
        String named = request.job() == null ? "" : request.job();
        String[] parts = named.split("/", -1);
        Job job = parts.length != 2 || !caller.may(Permission.VIEW, parts[0]) || named.indexOf('\0') >= 0
                ? null
                : jobs.find(transaction, parts[0], parts[1]).orElse(null);
        if (job == null) {
            throw new Invalid("job", request.job(), "invalid.backfill.job");
        }
        caller.demand(Permission.OPERATE, job.namespace());
        return job;
    }

    List<Schedule> schedules(Transaction transaction, Job job) {
        return schedules.ofJob(transaction, job.id());
    }

    /** @throws Invalid naming every field that cannot be what it says */
    BackfillDraft draft(Transaction transaction, Job job, BackfillRequest request) {
        Invalid.Problems problems = new Invalid.Problems();
        Schedule schedule = schedule(transaction, job, request, problems);
        Timetable timetable = schedule != null
                ? schedule.timetable()
                : request.timetable() == null
                        ? null
                        : request.timetable().when(transaction, job.namespace(), "timetable.", problems);
        ZoneId zone = zone(timetable);
        Instant from = BackfillTime.from(request.from(), zone, problems);
        Instant until = BackfillTime.until(request.until(), zone, problems);
        problems.throwIfAny();
        return new BackfillDraft(job.id(), schedule, timetable, from, until, request.terms(), request.parameters());
    }

    private Schedule schedule(Transaction transaction, Job job, BackfillRequest request, Invalid.Problems problems) {
        if ((request.schedule() == null) == (request.timetable() == null)) {
            problems.add("schedule", request.schedule(), "invalid.backfill.one");
            return null;
        }
        if (request.schedule() == null) {
            return null;
        }
        List<Schedule> all = schedules(transaction, job);
        return all.stream()
                .filter(one -> one.name().equals(request.schedule()))
                .findFirst()
                .orElseGet(() -> {
                    String known = all.stream().map(Schedule::name).collect(Collectors.joining(", "));
                    problems.add("schedule", request.schedule(), "invalid.backfill.schedule", job.fullName(), known);
                    return null;
                });
    }

    /** A zone that there is not is told at its own field. */
    private static ZoneId zone(Timetable timetable) {
        try {
            return timetable == null ? ZoneOffset.UTC : ZoneId.of(timetable.zone());
        } catch (DateTimeException unknown) {
            return ZoneOffset.UTC;
        }
    }
}
