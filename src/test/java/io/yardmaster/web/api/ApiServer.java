package io.yardmaster.web.api;

import io.yardmaster.audit.Actor;
import io.yardmaster.calendar.Calendars;
import io.yardmaster.database.Database;
import io.yardmaster.dispatch.Dispatching;
import io.yardmaster.dispatch.Yard;
import io.yardmaster.job.Jobs;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.security.Account;
import io.yardmaster.security.Accounts;
import io.yardmaster.security.ApiTokens;
import io.yardmaster.security.Passwords;
import io.yardmaster.security.Role;
import io.yardmaster.trigger.Backfills;
import io.yardmaster.trigger.Ledger;
import io.yardmaster.trigger.LedgerEntries;
import io.yardmaster.trigger.LedgerList;
import io.yardmaster.trigger.Pauses;
import io.yardmaster.trigger.Schedules;
import io.yardmaster.web.WebServer;
import io.yardmaster.web.account.TokensResource;
import io.yardmaster.web.backfill.BackfillDesk;
import io.yardmaster.web.backfill.BackfillResource;
import io.yardmaster.web.backfill.BackfillsResource;
import io.yardmaster.web.calendar.CalendarsResource;
import io.yardmaster.web.definition.Definitions;
import io.yardmaster.web.definition.DefinitionsResource;
import io.yardmaster.web.forecast.ForecastResource;
import io.yardmaster.web.health.ServersResource;
import io.yardmaster.web.job.JobVersionsResource;
import io.yardmaster.web.job.JobsResource;
import io.yardmaster.web.ledger.LedgerEntriesResource;
import io.yardmaster.web.ledger.LedgerResource;
import io.yardmaster.web.lock.ConditionsResource;
import io.yardmaster.web.lock.LocksResource;
import io.yardmaster.web.node.NodesResource;
import io.yardmaster.web.pause.JobPauseResource;
import io.yardmaster.web.pause.NamespacePauseResource;
import io.yardmaster.web.pause.PausesResource;
import io.yardmaster.web.pause.SchedulePauseResource;
import io.yardmaster.web.pause.SystemPauseResource;
import io.yardmaster.web.queue.QueuesResource;
import io.yardmaster.web.run.JobRunsResource;
import io.yardmaster.web.run.OutputLooking;
import io.yardmaster.web.run.RunActions;
import io.yardmaster.web.run.RunOperations;
import io.yardmaster.web.run.RunOperationsResource;
import io.yardmaster.web.run.RunOutputResource;
import io.yardmaster.web.run.RunPauseResource;
import io.yardmaster.web.run.RunVerdicts;
import io.yardmaster.web.run.RunsResource;
import io.yardmaster.web.run.VerdictsResource;
import io.yardmaster.web.run.WaitingResource;
import io.yardmaster.web.schedule.SchedulesResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The API over a real database and real HTTP, and clients of it. */
public final class ApiServer implements AutoCloseable {
    private static final Actor TEST = Actor.system("test");

    private static final Duration KEPT = Duration.ofDays(30);

    private final Database database;
    private final WebServer server;

    private ApiServer(Database database) {
        this.database = database;
        this.server = WebServer.start(database, resources(database));
    }

    public static ApiServer start(Database database) {
        return new ApiServer(database);
    }

    /** Every resource of the API. */
    static List<Object> resources(Database database) {
        RunQueue queue = new RunQueue();
        Schedules schedules = new Schedules(queue);
        Jobs jobs = new Jobs(List.of(schedules));
        Definitions definitions = new Definitions(jobs, schedules);
        RepeatableRequests requests = new RepeatableRequests(database);
        Pauses pauses = new Pauses(queue);
        RunActions actions = new RunActions(jobs, queue);
        Dispatching dispatching = new Yard(database).dispatching();
        Ledger ledger = new Ledger();
        LedgerList list = new LedgerList(ledger, System::nanoTime);
        Backfills backfills = new Backfills(queue, () -> {});
        BackfillDesk desk = new BackfillDesk(jobs, schedules);
        return List.of(
                new OpenApiResource(),
                new DefinitionsResource(database, definitions),
                new JobsResource(database, jobs, definitions),
                new JobVersionsResource(database, jobs),
                new JobRunsResource(jobs, actions, requests),
                new RunsResource(database, jobs, actions, requests),
                new RunOperationsResource(database, new RunOperations(actions, dispatching.forceClose())),
                new WaitingResource(database, actions, dispatching.whyWaiting()),
                new RunPauseResource(database, actions),
                new VerdictsResource(database, actions, new RunVerdicts(actions)),
                new RunOutputResource(database, actions, new OutputLooking(database)),
                new QueuesResource(database, definitions),
                new LocksResource(database, definitions),
                new ConditionsResource(database),
                new CalendarsResource(database, new Calendars(schedules), definitions),
                new SchedulesResource(database, jobs, schedules),
                new ForecastResource(database),
                new LedgerResource(database, list, KEPT),
                new LedgerEntriesResource(database, jobs, schedules, new LedgerEntries(ledger), KEPT),
                new BackfillsResource(database, desk, backfills, requests),
                new BackfillResource(database, desk, backfills),
                new PausesResource(database),
                new SystemPauseResource(database, pauses),
                new NamespacePauseResource(database, pauses),
                new JobPauseResource(database, jobs, pauses),
                new SchedulePauseResource(database, jobs, schedules, pauses),
                new NodesResource(database),
                new ServersResource(database),
                new TokensResource(database));
    }

    /** A client that is nobody. */
    public ApiClient stranger() {
        return new ApiClient(server.uri(), null);
    }

    /** A client with this token. */
    public ApiClient with(String token) {
        return new ApiClient(server.uri(), token);
    }

    /** A client with a token of the account {@code name}, made if need be, with {@code role} in {@code namespace}. */
    public ApiClient as(String name, String namespace, Role role) {
        return as(name, Map.of(namespace, role));
    }

    /** Likewise, with a role in each of several namespaces. */
    public ApiClient as(String name, Map<String, Role> roles) {
        String token = database.inTransaction(transaction -> {
            Account account = Accounts.find(transaction, name)
                    .orElseGet(
                            () -> new Accounts(new Passwords()).add(transaction, name, WebServer.HASHED, roles, TEST));
            return ApiTokens.issue(transaction, account, "test", null, TEST);
        });
        return new ApiClient(server.uri(), token);
    }

    @Override
    public void close() {
        server.close();
    }
}
