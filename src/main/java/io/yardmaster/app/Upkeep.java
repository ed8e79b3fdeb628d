package io.yardmaster.app;

import io.yardmaster.database.Database;
import io.yardmaster.dispatch.Loop;
import io.yardmaster.run.Retention;
import io.yardmaster.security.Expired;
import io.yardmaster.trigger.Delays;
import io.yardmaster.trigger.Ledger;
import io.yardmaster.trigger.LedgerCheck;
import io.yardmaster.trigger.PastFires;
import io.yardmaster.web.api.RepeatableRequests;
import io.yardmaster.web.health.Canary;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** What each server does now and then, harmless on all of them at once. A database that is away is waited for. */
final class Upkeep {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Database database;

    Upkeep(Database database) {
        this.database = database;
    }

    /** @param kept how long an ended run stays */
    List<Managed> parts(Duration kept, Canary canary, String version) {
        Retention retention = new Retention(database, kept);
        PastFires fires = new PastFires(database, kept);
        RepeatableRequests requests = new RepeatableRequests(database);
        return List.of(
                every(HOUR, "retention", retention::keep),
                every(HOUR, "past fires", fires::sweep),
                every(HOUR, "repeatable requests", requests::sweep),
                every(FIVE_MINUTES, "expired", () -> database.inTransaction(Expired::sweep)),
                every(MINUTE, "canary", keeping(canary)),
                every(TEN_SECONDS, "delays", () -> database.inTransaction(Delays::chain)),
                ledger(),
                present(version));
    }

    /** A batch at a time, so that it never holds anything for long. */
    private Managed ledger() {
        LedgerCheck check = new LedgerCheck(database, new Ledger());
        Loop loop = new Loop("ledger", () -> check.goOn() ? Duration.ZERO : TEN_SECONDS);
        return new Managed("ledger", loop::start, loop::close);
    }

    private static Managed every(Duration pause, String name, Runnable work) {
        Loop loop = new Loop(name, () -> {
            work.run();
            return pause;
        });
        return new Managed(name, loop::start, loop::close);
    }

    /** Made once after each start, so that a canary that somebody archives while the server runs stays archived. */
    private Runnable keeping(Canary canary) {
        AtomicBoolean ensured = new AtomicBoolean();
        return () -> {
            if (!ensured.get()) {
                canary.ensure(database);
                ensured.set(true);
            }
            database.useTransaction(canary::sweep);
        };
    }

    private Managed present(String version) {
        Presence presence = new Presence(database, ServerName.ofProcess(), version, InstantSource.system());
        Loop beats = new Loop("presence", presence::beat);
        return new Managed("presence", beats::start, () -> {
            beats.close();
            presence.leave();
        });
    }
}
