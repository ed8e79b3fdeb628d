package io.yardmaster.app;

import io.yardmaster.database.Database;
import io.yardmaster.job.Jobs;
import io.yardmaster.trigger.Backfills;
import io.yardmaster.trigger.Schedules;
import io.yardmaster.web.api.RepeatableRequests;
import io.yardmaster.web.backfill.BackfillDesk;
import io.yardmaster.web.backfill.BackfillFormPages;
import io.yardmaster.web.backfill.BackfillListPages;
import io.yardmaster.web.backfill.BackfillPages;
import io.yardmaster.web.backfill.BackfillResource;
import io.yardmaster.web.backfill.BackfillsResource;
import java.util.List;

/** Backfills, as pages and in the API. */
final class BackfillRoutes {
    private BackfillRoutes() {}

    static List<Object> resources(Database database, Jobs jobs, Schedules schedules, Backfills backfills) {
        BackfillDesk desk = new BackfillDesk(jobs, schedules);
        return List.of(
                new BackfillsResource(database, desk, backfills, new RepeatableRequests(database)),
                new BackfillResource(database, desk, backfills),
                new BackfillFormPages(database, jobs, desk, backfills),
                new BackfillListPages(database),
                new BackfillPages(database, desk, backfills));
    }
}
