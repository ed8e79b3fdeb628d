package io.yardmaster.app;

import io.yardmaster.agent.Agents;
import io.yardmaster.database.Database;
import io.yardmaster.dispatch.Dispatching;
import io.yardmaster.dispatch.LeaseTimes;
import io.yardmaster.dispatch.Loop;
import io.yardmaster.job.Job;
import io.yardmaster.job.Jobs;
import io.yardmaster.lock.Lock;
import io.yardmaster.node.Node;
import io.yardmaster.protocol.Timing;
import io.yardmaster.queue.AttemptEnds;
import io.yardmaster.queue.BulkWork;
import io.yardmaster.queue.Cancellation;
import io.yardmaster.queue.CircularNeeds;
import io.yardmaster.queue.Gates;
import io.yardmaster.queue.JobSignals;
import io.yardmaster.queue.LockClaims;
import io.yardmaster.queue.PendingRetries;
import io.yardmaster.queue.Queue;
import io.yardmaster.queue.Queues;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.security.Accounts;
import io.yardmaster.security.Passwords;
import io.yardmaster.security.Permission;
import io.yardmaster.trigger.AlarmClock;
import io.yardmaster.trigger.BackfillEnds;
import io.yardmaster.trigger.Backfilling;
import io.yardmaster.trigger.Backfills;
import io.yardmaster.trigger.Delays;
import io.yardmaster.trigger.FireDue;
import io.yardmaster.trigger.Reconciler;
import io.yardmaster.trigger.Schedule;
import io.yardmaster.trigger.Schedules;
import io.yardmaster.trigger.SharedTimetable;
import io.yardmaster.web.WebApplication;
import io.yardmaster.web.WebSettings;
import io.yardmaster.web.account.AccountWeb;
import io.yardmaster.web.health.Canary;
import io.yardmaster.web.health.FlowResource;
import io.yardmaster.web.health.HealthResource;
import io.yardmaster.web.health.LedgerHealthResource;
import io.yardmaster.web.health.Metrics;
import io.yardmaster.web.health.MetricsResource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** All parts of a server, put together by hand: whoever wonders what is connected to what finds it here. */
final class Composition {
    /** What Hibernate maps. */
    static final List<Class<?>> ENTITIES =
            List.of(Job.class, Queue.class, Lock.class, Schedule.class, SharedTimetable.class, Node.class);

    private static final Duration LOOK_AT_LEAST_EVERY = Duration.ofSeconds(10);

    private final List<Managed> parts;
    private final WebApplication web;
    private final List<Object> resources;

    /** @param version of this program, for people */
    Composition(Settings settings, Database database, String version) {
        Loop backfilling = backfilling(new Backfilling(database));
        AttemptEnds ends = new AttemptEnds(List.of(new Delays(), new BackfillEnds(backfilling::signal)));
        RunQueue queue = new RunQueue();
        Loop bulk = bulk(new BulkWork(
                database,
                queue,
                (transaction, account) -> Accounts.namespaces(transaction, account, Permission.OPERATE)));
        Timing timing = Timing.STANDARD.dividedBy(settings.number(Setting.PROTOCOL_DIVISOR));
        Dispatching dispatching = new Dispatching(database, queue, ends, leaseTimes(timing), ServerName.ofProcess());
        Agents agents = new Agents(database, dispatching, ends, timing);
        FireDue due = new FireDue(database, queue, dispatching::signal);
        AlarmClock alarms = new AlarmClock(database, due, ServerName.ofProcess());
        Reconciler reconciler = new Reconciler(due);
        Schedules schedules = new Schedules(queue);
        Jobs jobs = new Jobs(List.of(
                schedules,
                new PendingRetries(ends),
                new Gates(),
                new LockClaims(),
                new JobSignals(),
                new CircularNeeds()));
        Canary canary = new Canary(new Queues(), jobs, schedules, new Cancellation());
        Metrics metrics = new Metrics(database, dispatching.counts(), alarms.repaired());
        Stream<Managed> work = Stream.of(
                new Managed("metrics", () -> {}, metrics::close),
                notifications(settings, database),
                new Managed("dispatch", dispatching::start, dispatching::close),
                new Managed("agents", agents::start, agents::close),
                new Managed("backfills", backfilling::start, backfilling::close),
                new Managed("bulk acts", bulk::start, bulk::close),
                new Managed("reconciler", reconciler::start, reconciler::close),
                new Managed("alarm clock", alarms::start, alarms::close));
        List<Managed> upkeep =
                new Upkeep(database).parts(settings.duration(Setting.RETENTION_HISTORY), canary, version);
        parts = Stream.concat(work, upkeep.stream()).toList();
        web = new WebApplication(database, webSettings(settings), InstantSource.system(), agents.credentials());
        resources = Stream.of(
                        List.of(new HealthResource(database), new MetricsResource(metrics)),
                        List.of(new FlowResource(database), new LedgerHealthResource(database)),
                        agents.resources(),
                        ApiRoutes.resources(database, queue, jobs, schedules),
                        new PageRoutes(database, queue, jobs, schedules)
                                .resources(Duration.ofMillis(timing.lease()), JoinCodes.command(settings)),
                        LedgerRoutes.resources(database, jobs, schedules, settings.duration(Setting.RETENTION_HISTORY)),
                        BackfillRoutes.resources(database, jobs, schedules, new Backfills(queue, backfilling::signal)),
                        OperationRoutes.resources(database, jobs, queue, dispatching, bulk::signal),
                        AccountWeb.resources(database, new Passwords()))
                .<Object>flatMap(List::stream)
                .toList();
    }

    private static Managed notifications(Settings settings, Database database) {
        return new Managed(
                "notifications",
                () -> database.notifications().start(Databases.listening(settings)),
                database.notifications()::close);
    }

    /** Signalled when there is something to do; what a signal was lost for is found. */
    private static Loop backfilling(Backfilling work) {
        return new Loop("backfills", () -> {
            work.turn();
            return LOOK_AT_LEAST_EVERY;
        });
    }

    /** Likewise. */
    private static Loop bulk(BulkWork work) {
        return new Loop("bulk-acts", () -> {
            work.turn();
            return LOOK_AT_LEAST_EVERY;
        });
    }

    List<Managed> parts() {
        return parts;
    }

    WebApplication web() {
        return web;
    }

    List<Object> resources() {
        return resources;
    }

    private static LeaseTimes leaseTimes(Timing timing) {
        return LeaseTimes.of(Duration.ofMillis(timing.lease()), Duration.ofMillis(timing.grace()));
    }

    private static WebSettings webSettings(Settings settings) {
        return new WebSettings(settings.text(Setting.SERVER_NAME), Set.copyOf(settings.list(Setting.SERVER_PROXIES)));
    }
}
