package io.yardmaster.web.dashboard;

import io.yardmaster.database.Database;
import io.yardmaster.database.Transaction;
import io.yardmaster.run.Run;
import io.yardmaster.run.RunFilter;
import io.yardmaster.run.RunState;
import io.yardmaster.run.Runs;
import io.yardmaster.run.Verdicts;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.trigger.Pause;
import io.yardmaster.trigger.PauseList;
import io.yardmaster.trigger.Unaccounted;
import io.yardmaster.web.Page;
import io.yardmaster.web.View;
import io.yardmaster.web.api.Query;
import io.yardmaster.web.calendar.ListedCalendars;
import io.yardmaster.web.node.NodeLines;
import io.yardmaster.web.run.RunLine;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The first page. Its parts refresh themselves: what is going on now every few seconds, the day each minute. */
@Path("")
public final class DashboardPages {
    private static final int FAILURES = 8;
    /** Among so many of the newest runs that failed are those that ended last, but for the very long ones. */
    private static final int FAILURES_READ = 100;

    private static final int FIRES = 8;
    private static final int NODES = 12;
    private static final int CALENDARS = 5;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MINUTES = 60;
    private static final Duration HALF_HOUR = Duration.ofMinutes(30);
    private static final int HALF_HOURS = 48;
    private static final int INTERVALS = 6;
    private static final Set<RunState> FAILED = EnumSet.of(RunState.FAILED, RunState.TIMED_OUT, RunState.UNKNOWN);

    private static final int MOST_UNDECIDED = 999;

    private final PauseList pauses = new PauseList();
    private final Verdicts verdicts = new Verdicts();
    private final Database database;
    private final Runs runs;
    private final NodeLines nodes;

    public DashboardPages(Database database, Runs runs, NodeLines nodes) {
        this.database = database;
        this.runs = runs;
        this.nodes = nodes;
    }

    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.ANYWHERE)
    public View show(@Context Caller caller) {
        return database.inTransaction(transaction -> day(
                        now(Page.of("dashboard"), transaction, caller), transaction, caller)
                .with(
                        "pauses",
                        pauses.find(transaction, Pause.Scope.SYSTEM).stream().toList()));
    }

    @GET
    @Path("dashboard/now")
    @Requires(value = Permission.VIEW, on = ObjectRule.ANYWHERE)
    public View now(@Context Caller caller) {
        return database.inTransaction(transaction -> now(Page.of("dashboard/now"), transaction, caller));
    }

    @GET
    @Path("dashboard/day")
    @Requires(value = Permission.VIEW, on = ObjectRule.ANYWHERE)
    public View day(@Context Caller caller) {
        return database.inTransaction(transaction -> day(Page.of("dashboard/day"), transaction, caller));
    }

    private Page now(Page page, Transaction transaction, Caller caller) {
        Set<String> namespaces = caller.namespaces(Permission.VIEW);
        RunFilter visible = RunFilter.any().in(namespaces);
        LocalDate today = LocalDate.ofInstant(transaction.now(), ZoneOffset.UTC);
        return page.with("counts", Counts.read(transaction, namespaces))
                .with("hour", chart(transaction, namespaces, MINUTE, MINUTES))
                .with("failures", failures(transaction, visible))
                .with("fires", NextFires.read(transaction, namespaces, FIRES))
                .with("nodeLines", nodes.list(transaction, "", NODES))
                .with("unaccounted", Unaccounted.list(transaction, Query.namespaces(caller, null)))
                .with("undecided", verdicts.countUndecided(transaction, namespaces, MOST_UNDECIDED + 1))
                .with("mostUndecided", MOST_UNDECIDED)
                .with("today", today)
                .with("expiring", ListedCalendars.expiring(transaction, namespaces, today, CALENDARS))
                .with("hasJobs", hasJobs(transaction, namespaces));
    }

    private static Page day(Page page, Transaction transaction, Caller caller) {
        return page.with("day", chart(transaction, caller.namespaces(Permission.VIEW), HALF_HOUR, HALF_HOURS));
    }

    private static ThroughputChart chart(Transaction transaction, Set<String> namespaces, Duration step, int steps) {
        return ThroughputChart.of(Throughput.read(transaction, namespaces, step, steps), step, INTERVALS);
    }

    private List<RunLine> failures(Transaction transaction, RunFilter visible) {
        Instant now = transaction.now();
        RunFilter wanted = visible.inStates(FAILED).between(now.minus(Duration.ofDays(1)), null);
        return runs.list(transaction, wanted, Long.MAX_VALUE, FAILURES_READ).stream()
                .sorted(Comparator.comparing((Run run) -> run.times().endedAt()).reversed())
                .limit(FAILURES)
                .map(run -> RunLine.of(run, now))
                .toList();
    }

    private static boolean hasJobs(Transaction transaction, Set<String> namespaces) {
        return transaction
                .sql()
                .createQuery("""
                        SELECT EXISTS (SELECT FROM job
                            WHERE archived_at IS NULL AND (:anywhere OR namespace = ANY (:namespaces)))""")
                .bind("anywhere", namespaces.contains(Caller.EVERYWHERE))
                .bindArray("namespaces", String.class, List.copyOf(namespaces))
                .mapTo(Boolean.class)
                .one();
    }
}
