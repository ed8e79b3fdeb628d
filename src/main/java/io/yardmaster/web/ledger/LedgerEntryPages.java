package io.yardmaster.web.ledger;

import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Missing;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Job;
import io.yardmaster.job.Jobs;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.trigger.Account;
import io.yardmaster.trigger.Accountable;
import io.yardmaster.trigger.LedgerEntries;
import io.yardmaster.trigger.Schedule;
import io.yardmaster.trigger.Schedules;
import io.yardmaster.web.Page;
import io.yardmaster.web.View;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** The ledger of one schedule: its runs, and what stands between them. */
@Path("jobs/{namespace}/{name}/schedules/{id}/ledger")
public final class LedgerEntryPages {
    private static final int RANGES = 50;

    private final Database database;
    private final Jobs jobs;
    private final Schedules schedules;
    private final LedgerEntries entries;
    private final Duration kept;

    /** @param kept as for {@link LedgerPages} */
    public LedgerEntryPages(Database database, Jobs jobs, Schedules schedules, LedgerEntries entries, Duration kept) {
        this.database = database;
        this.jobs = jobs;
        this.schedules = schedules;
        this.entries = entries;
        this.kept = kept;
    }

    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.NAMESPACE_IN_PATH)
    public View show(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @PathParam("id") String id,
            @Context ZoneId zone,
            @Context UriInfo uri) {
        LedgerQuery query = LedgerQuery.of(uri.getQueryParameters());
        return database.inTransaction(transaction -> {
            Job job = jobs.get(transaction, namespace, name);
            return page(transaction, job, find(transaction, job, id), zone, query);
        });
    }

    private Page page(Transaction transaction, Job job, Schedule schedule, ZoneId zone, LedgerQuery query) {
        Page page = Page.of("ledger/schedule")
                .with("job", job)
                .with("schedule", schedule)
                .with("query", query)
                .with("choices", LedgerPeriod.Choice.values());
        try {
            query.check();
            LedgerPeriod period = LedgerPeriod.read(query, zone, transaction.now(), kept);
            LedgerEntries.Found found =
                    entries.of(transaction, Accountable.of(schedule), period.from(), end(query, period), RANGES);
            return page.with("period", period)
                    .with("entries", found.entries())
                    .with("account", found.account())
                    .with("next", found.next() == null ? null : query.upTo(found.next()));
        } catch (Invalid wrong) {
            return page.with("period", null)
                    .with("entries", List.of())
                    .with("account", new Account(0, 0, 0, 0, 0))
                    .with("next", null)
                    .refused(wrong);
        }
    }

    private static Instant end(LedgerQuery query, LedgerPeriod period) {
        Instant before = query.end();
        return before != null && before.isBefore(period.through()) ? before : period.through();
    }

    private Schedule find(Transaction transaction, Job job, String id) {
        return (id.matches("[0-9]{1,18}")
                        ? schedules.find(transaction, Long.parseLong(id))
                        : Optional.<Schedule>empty())
                .filter(schedule -> schedule.jobId() == job.id())
                .orElseThrow(() -> new Missing("schedule " + id + " of job " + job.fullName()));
    }
}
