package io.yardmaster.app;

import io.yardmaster.database.Database;
import io.yardmaster.dispatch.Dispatching;
import io.yardmaster.job.Jobs;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.web.api.RepeatableRequests;
import io.yardmaster.web.run.BulkDesk;
import io.yardmaster.web.run.BulkPages;
import io.yardmaster.web.run.BulkResource;
import io.yardmaster.web.run.RerunPages;
import io.yardmaster.web.run.RunActions;
import io.yardmaster.web.run.RunOperationPages;
import io.yardmaster.web.run.RunOperations;
import io.yardmaster.web.run.RunOperationsResource;
import io.yardmaster.web.run.RunPages;
import io.yardmaster.web.run.RunVerdicts;
import io.yardmaster.web.run.VerdictPages;
import io.yardmaster.web.run.VerdictsResource;
import io.yardmaster.web.run.WaitingResource;
import java.util.List;

/** Single runs and what operators do with them, on pages and by the API. */
final class OperationRoutes {
    private OperationRoutes() {}

    /** @param bulk lets this server go to work on bulk acts now */
    static List<Object> resources(
            Database database, Jobs jobs, RunQueue queue, Dispatching dispatching, Runnable bulk) {
        RunActions actions = new RunActions(jobs, queue);
        RunOperations operations = new RunOperations(actions, dispatching.forceClose());
        RunVerdicts verdicts = new RunVerdicts(actions);
        BulkDesk desk = new BulkDesk(operations, bulk);
        RepeatableRequests requests = new RepeatableRequests(database);
        return List.of(
                new BulkPages(database, desk, requests),
                new BulkResource(database, desk, requests),
                new RunPages(database, actions, dispatching.whyWaiting()),
                new WaitingResource(database, actions, dispatching.whyWaiting()),
                new RunOperationPages(database, actions, operations),
                new RerunPages(database, jobs, actions),
                new VerdictPages(database, actions, verdicts),
                new VerdictsResource(database, actions, verdicts),
                new RunOperationsResource(database, operations));
    }
}
