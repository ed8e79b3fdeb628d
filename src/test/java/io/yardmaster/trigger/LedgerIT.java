package io.yardmaster.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.yardmaster.database.PostgresExtension;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Job;
import io.yardmaster.lock.Lock;
import io.yardmaster.queue.Queue;
import io.yardmaster.timetable.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** R1: what has neither a run nor a reason is found, and said once. */
final class LedgerIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES =
            PostgresExtension.with(Job.class, Queue.class, Lock.class, Schedule.class, SharedTimetable.class);

    private static final Ledger LEDGER = new Ledger();
    private static Scene scene;

    @BeforeAll
    static void begin() {
        scene = new Scene(POSTGRES.database());
    }

    @Test
    void a_run_that_vanished_is_unaccounted_and_its_instants_are_named() {
        Schedule schedule = fired(Duration.ofSeconds(40));
        List<Instant> runs = scene.runs(schedule);
        assertThat(runs).hasSizeGreaterThan(35);
        assertThat(scene.account(schedule).unaccounted()).isZero();
        delete(schedule, runs.get(10), runs.get(11), runs.get(20));

        assertThat(scene.account(schedule)).isEqualTo(new Account(runs.size(), runs.size() - 3L, 0, 0, 0));
        LedgerEntries.Found found = entries(schedule);
        assertThat(found.account().unaccounted()).isEqualTo(3);
        assertThat(found.entries())
                .extracting(LedgerEntry::what, LedgerEntry::instants)
                .containsExactly(
                        tuple("RUN", runs.size() - 21L),
                        tuple("UNACCOUNTED", 1L),
                        tuple("RUN", 8L),
                        tuple("UNACCOUNTED", 2L),
                        tuple("RUN", 10L));
        LedgerEntry two = found.entries().get(3);
        assertThat(two.from()).isEqualTo(runs.get(10));
        assertThat(two.through()).isEqualTo(runs.get(11));
    }

    @Test
    void the_check_says_once_what_is_missing_and_forgets_it_when_it_is_there_again() {
        Schedule schedule = fired(Duration.ofSeconds(20));
        Instant gone = scene.runs(schedule).get(5);
        delete(schedule, gone);
        LedgerCheck check = new LedgerCheck(POSTGRES.database(), LEDGER);
        check(check);
        check(check);
        assertThat(unaccounted(schedule)).singleElement().satisfies(found -> {
            assertThat(found.instants()).isEqualTo(1);
            assertThat(found.from()).isEqualTo(gone);
            assertThat(found.through()).isEqualTo(gone);
        });
        assertThat(audited(schedule)).isEqualTo(1);

        POSTGRES.database()
                .useTransaction(transaction -> transaction
                        .sql()
                        .execute(
                                "INSERT INTO fire_range (schedule_id, from_at, through_at, instants, reason)"
                                        + " VALUES (?, ?, ?, 1, 'MISSED')",
                                schedule.id(),
                                gone,
                                gone));
        check(check);
        assertThat(unaccounted(schedule)).isEmpty();
    }

    @Test
    void a_check_that_has_just_been_made_is_not_made_again() {
        LedgerCheck check = new LedgerCheck(POSTGRES.database(), LEDGER);
        check(check);
        Instant ended = POSTGRES.database().inTransaction(Unaccounted::checkedAt);
        assertThat(check.goOn()).isFalse();
        assertThat(POSTGRES.database().inTransaction(Unaccounted::checkedAt)).isEqualTo(ended);
    }

    @Test
    void an_instant_made_up_long_after_is_accounted_for() {
        Schedule schedule = fired(Duration.ofSeconds(20));
        POSTGRES.database().useTransaction(transaction -> {
            transaction.sql().execute("""
                    INSERT INTO run_history (id, state, job_id, job_version, queue_id, cause, schedule_id, nominal_at, due_at,
                        parameters, created_at, epoch, attempt, ended_at, attempts)
                    SELECT id, 'SUCCEEDED', job_id, job_version, queue_id, 'CATCH_UP', schedule_id,
                        nominal_at - interval '2 hours', due_at, parameters, created_at, 1, 1, clock_timestamp(), attempts
                    FROM run WHERE schedule_id = ?""", schedule.id());
            transaction.sql().execute("""
                    UPDATE schedule_stretch SET from_at = from_at - interval '2 hours', through_at = clock_timestamp() - interval '2 hours'
                    WHERE schedule_id = ?""", schedule.id());
        });
        Account account = POSTGRES.database()
                .inTransaction(transaction -> LEDGER.of(
                        transaction, schedule, Instant.EPOCH, scene.now().minusSeconds(6000)));
        assertThat(account.runs()).isGreaterThan(15).isBetween(account.expected() - 1, account.expected());
    }

    @Test
    void a_timetable_that_cannot_be_read_spoils_no_others_account() {
        Schedule good = fired(Duration.ofSeconds(5));
        Schedule bad = scene.schedule(scene.job(), Timetable.cron("0 0 5 * * ?", "Europe/Paris"));
        POSTGRES.database().useTransaction(transaction -> {
            transaction.sql().execute("""
                    UPDATE timetable SET zone = 'Mars/Base' WHERE id = (SELECT timetable_id FROM schedule WHERE id = ?)""", bad.id());
            transaction.sql().execute("""
                    UPDATE schedule_stretch SET from_at = from_at - interval '1 hour' WHERE schedule_id = ?""", bad.id());
        });
        Instant now = scene.now();
        var accounts = POSTGRES.database()
                .inTransaction(transaction -> LEDGER.of(
                        transaction, List.of(Accountable.of(bad), Accountable.of(good)), now.minusSeconds(600), now));
        assertThat(accounts.get(bad.id())).isEqualTo(Account.NOTHING);
        assertThat(accounts.get(good.id()).expected()).isPositive();
    }

    @Test
    void a_page_of_the_ledger_is_bounded_and_goes_on_where_it_ended() {
        for (int i = 0; i < 3; i++) {
            fired(Duration.ofSeconds(5));
        }
        Schedule broken = fired(Duration.ofSeconds(10));
        delete(broken, scene.runs(broken).get(3));
        Instant now = scene.now();
        LedgerList list = new LedgerList(LEDGER, System::nanoTime);
        LedgerList.Search all = new LedgerList.Search(null, "", false, now.minusSeconds(3600), now);
        LedgerList.Found first = page(list, all, LedgerList.Place.START, 2);
        LedgerList.Found second = page(list, all, first.next(), 500);
        assertThat(first.lines()).hasSize(2);
        assertThat(second.next()).isNull();
        assertThat(second.lines())
                .extracting(line -> line.of().schedule())
                .doesNotContainAnyElementsOf(
                        first.lines().stream().map(line -> line.of().schedule()).toList());
        LedgerList.Search only = new LedgerList.Search(null, "", true, now.minusSeconds(3600), now);
        assertThat(page(list, only, LedgerList.Place.START, 50).lines())
                .extracting(line -> line.of().schedule())
                .contains(broken.id());
        LedgerList.Search elsewhere =
                new LedgerList.Search(Set.of("elsewhere"), "", false, now.minusSeconds(3600), now);
        assertThat(page(list, elsewhere, LedgerList.Place.START, 50).lines()).isEmpty();

        LedgerList hurried = new LedgerList(LEDGER, new AtomicLong()::incrementAndGet);
        assertThat(page(hurried, all, LedgerList.Place.START, 500).lines()).isNotEmpty();
    }

    // runs of a long time are counted in parts
    @Test
    void each_run_of_a_week_is_counted_once() {
        CatchUp all = new CatchUp(CatchUp.Policy.ALL, 1000, Duration.ofDays(30), Duration.ZERO);
        Timetable hourly = Timetable.cron("0 30 * * * ?", "Etc/UTC");
        Schedule schedule = scene.schedule(scene.job(), hourly, Terms.STANDARD.with(all));
        scene.putBack(schedule, Duration.ofDays(14));
        scene.server().fireDue();
        assertThat(scene.account(schedule).runs()).isBetween(335L, 337L);
        assertThat(scene.account(schedule).unaccounted()).isZero();
    }

    // a week of each second: 604,800 instants
    @Test
    void very_many_instants_are_told_by_the_page_and_schedules_by_the_few() {
        Schedule schedule = scene.schedule(scene.job(), Scene.everySecond());
        scene.putBack(schedule, Duration.ofDays(7));
        POSTGRES.database()
                .useTransaction(transaction -> transaction
                        .sql()
                        .execute("UPDATE timetable_mark SET next_due = NULL, fired_through = clock_timestamp()"));
        Instant now = scene.now().truncatedTo(ChronoUnit.SECONDS);
        Instant from = now.minus(Duration.ofDays(7));
        LedgerEntries.Found newest = entries(schedule, from, now);
        assertThat(newest.next()).isEqualTo(now.minusSeconds(LedgerEntries.MOST_INSTANTS));
        assertThat(newest.entries())
                .extracting(LedgerEntry::what, LedgerEntry::instants)
                .containsExactly(tuple("UNACCOUNTED", LedgerEntries.MOST_INSTANTS));
        int pages = 1;
        for (LedgerEntries.Found page = newest; page.next() != null; pages++) {
            page = entries(schedule, from, page.next());
        }
        assertThat(pages).isEqualTo(4);
        assertThat(newest.account().expected()).isBetween(604_790L, 604_800L);

        LedgerList hurried = new LedgerList(LEDGER, new AtomicLong()::incrementAndGet);
        LedgerList.Search month = new LedgerList.Search(null, "", false, now.minus(Duration.ofDays(30)), now);
        assertThat(page(hurried, month, LedgerList.Place.START, 500).lines()).hasSizeGreaterThan(1);
        AtomicLong nanos = new AtomicLong();
        LedgerList slow = new LedgerList(LEDGER, () -> nanos.getAndAdd(LedgerList.PATIENCE.toNanos() - 1));
        LedgerList.Found found = page(slow, month, LedgerList.Place.START, 500);
        assertThat(found.lines()).hasSize(1);
        assertThat(found.next()).isNotNull();
    }

    private static LedgerList.Found page(LedgerList list, LedgerList.Search search, LedgerList.Place after, int limit) {
        return POSTGRES.database().inTransaction(transaction -> list.page(transaction, search, after, limit));
    }

    /** One that has fired each second for so long. */
    private static Schedule fired(Duration ago) {
        Timetable timetable = Scene.everySecond();
        Schedule schedule = scene.schedule(scene.job(), timetable);
        scene.putBack(schedule, ago);
        scene.server().fireDue();
        return schedule;
    }

    private static LedgerEntries.Found entries(Schedule schedule) {
        return entries(schedule, scene.now().minusSeconds(3600), scene.now());
    }

    private static LedgerEntries.Found entries(Schedule schedule, Instant from, Instant through) {
        return POSTGRES.database()
                .inTransaction(transaction ->
                        new LedgerEntries(LEDGER).of(transaction, Accountable.of(schedule), from, through, 50));
    }

    private static void delete(Schedule schedule, Instant... nominals) {
        POSTGRES.database().useTransaction(transaction -> {
            for (Instant nominal : nominals) {
                transaction
                        .sql()
                        .execute("DELETE FROM run WHERE schedule_id = ? AND nominal_at = ?", schedule.id(), nominal);
            }
        });
    }

    /** Until the whole check is done, as if the last one were long ago. */
    private static void check(LedgerCheck check) {
        POSTGRES.database()
                .useTransaction((Transaction transaction) -> transaction
                        .sql()
                        .execute("UPDATE ledger_check SET began_at = '-infinity' WHERE ended_at IS NOT NULL"));
        while (check.goOn()) {
            // the next batch
        }
    }

    private static List<Unaccounted> unaccounted(Schedule schedule) {
        return POSTGRES.database().inTransaction(transaction -> Unaccounted.list(transaction, null)).stream()
                .filter(found -> found.schedule() == schedule.id())
                .toList();
    }

    private static long audited(Schedule schedule) {
        return scene.count(
                "audit_entry WHERE action = 'schedule.unaccounted' AND subject LIKE '%/" + schedule.name() + "'");
    }
}
