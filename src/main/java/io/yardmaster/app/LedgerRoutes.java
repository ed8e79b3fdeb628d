package io.yardmaster.app;

import io.yardmaster.database.Database;
import io.yardmaster.job.Jobs;
import io.yardmaster.trigger.Ledger;
import io.yardmaster.trigger.LedgerEntries;
import io.yardmaster.trigger.LedgerList;
import io.yardmaster.trigger.Schedules;
import io.yardmaster.web.forecast.ForecastPages;
import io.yardmaster.web.forecast.ForecastResource;
import io.yardmaster.web.ledger.LedgerEntriesResource;
import io.yardmaster.web.ledger.LedgerEntryPages;
import io.yardmaster.web.ledger.LedgerPages;
import io.yardmaster.web.ledger.LedgerResource;
import java.time.Duration;
import java.util.List;

/** What tells of past and coming instants, as pages and in the API. */
final class LedgerRoutes {
    private LedgerRoutes() {}

    /** @param kept how long an ended run stays */
    static List<Object> resources(Database database, Jobs jobs, Schedules schedules, Duration kept) {
        Ledger ledger = new Ledger();
        LedgerList list = new LedgerList(ledger, System::nanoTime);
        LedgerEntries entries = new LedgerEntries(ledger);
        return List.of(
                new ForecastPages(database),
                new ForecastResource(database),
                new LedgerPages(database, list, kept),
                new LedgerEntryPages(database, jobs, schedules, entries, kept),
                new LedgerResource(database, list, kept),
                new LedgerEntriesResource(database, jobs, schedules, entries, kept));
    }
}
