package io.yardmaster.web.ledger;

import io.yardmaster.database.Database;
import io.yardmaster.database.Missing;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Jobs;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.trigger.Accountable;
import io.yardmaster.trigger.LedgerEntries;
import io.yardmaster.trigger.LedgerEntry;
import io.yardmaster.trigger.Schedule;
import io.yardmaster.trigger.Schedules;
import io.yardmaster.web.api.Cursor;
import io.yardmaster.web.api.PageAnswer;
import io.yardmaster.web.api.Query;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The ledger of one schedule, newest first. */
@Path("api/v1/jobs/{namespace}/{name}/schedules/{schedule}/ledger")
@Produces(MediaType.APPLICATION_JSON)
public final class LedgerEntriesResource {
    private static final String LIST = "ledger-entries";

    private final Database database;
    private final Jobs jobs;
    private final Schedules schedules;
    private final LedgerEntries entries;
    private final Duration kept;

    /** @param kept as for {@link LedgerPages} */
    public LedgerEntriesResource(
            Database database, Jobs jobs, Schedules schedules, LedgerEntries entries, Duration kept) {
        this.database = database;
        this.jobs = jobs;
        this.schedules = schedules;
        this.entries = entries;
        this.kept = kept;
    }

    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.NAMESPACE_IN_PATH)
    public PageAnswer<LedgerEntry> list(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @PathParam("schedule") String schedule,
            @QueryParam("since") String since,
            @QueryParam("until") String until,
            @QueryParam("cursor") String cursor,
            @QueryParam("limit") String limit) {
        Query query = new Query();
        int rows = query.limit(limit);
        Instant from = query.instant("since", since);
        Instant through = query.instant("until", until);
        query.end();
        Instant before = Cursor.read(LIST, cursor, Instant.MAX, key -> Instant.parse(key.get(0)));
        return database.inTransaction(transaction -> {
            LedgerPeriod period = LedgerPeriod.of(from, through, transaction.now(), kept);
            Accountable of = Accountable.of(find(transaction, namespace, name, schedule));
            Instant end = before.isBefore(period.through()) ? before : period.through();
            LedgerEntries.Found found = entries.of(transaction, of, period.from(), end, rows);
            return new PageAnswer<>(
                    found.entries(),
                    found.next() == null
                            ? null
                            : Cursor.of(LIST, List.of(found.next().toString())));
        });
    }

    private Schedule find(Transaction transaction, String namespace, String name, String schedule) {
        return schedules
                .ofJob(transaction, jobs.get(transaction, namespace, name).id())
                .stream()
                .filter(found -> found.name().equals(schedule))
                .findFirst()
                .orElseThrow(() -> new Missing("schedule of that name at job " + namespace + "/" + name));
    }
}
