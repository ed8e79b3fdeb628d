package io.yardmaster.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.calendar.BusinessCalendar;
import io.yardmaster.calendar.NamedCalendar;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.timetable.CalendarRule;
import io.yardmaster.timetable.FollowedCalendar;
import io.yardmaster.timetable.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

// R3, R4: whatever became of an instant, a change that would have it due once more gives it no second life
final class DueAgainIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Schedule.class, SharedTimetable.class);

    private static final CatchUp ALL = new CatchUp(CatchUp.Policy.ALL, 10, Duration.ofDays(2), Duration.ZERO);
    private static final CatchUp AN_HOUR = new CatchUp(CatchUp.Policy.ALL, 10, Duration.ofHours(1), Duration.ZERO);

    /** What became of it where it was due first. */
    private enum First {
        MADE_UP,
        MISSED,
        EXCLUDED,
        PAUSED,
        PAUSED_AND_MADE_UP,
        PAUSED_WHEN_IT_CHANGES;

        CatchUp policy() {
            return this == MISSED ? CatchUp.NONE : this == EXCLUDED ? AN_HOUR : ALL;
        }

        boolean paused() {
            return compareTo(PAUSED) >= 0;
        }

        int runs() {
            return this == MADE_UP || this == PAUSED_AND_MADE_UP ? 1 : 0;
        }
    }

    private enum Change {
        CALENDAR_MOVES_LATER,
        CALENDAR_DRAWS_NO_MORE,
        SCHEDULE_GETS_CALENDAR,
        SCHEDULE_GETS_ANOTHER,
        SCHEDULE_LEAVES_CALENDAR;

        boolean draws() {
            return this == CALENDAR_DRAWS_NO_MORE || this == SCHEDULE_LEAVES_CALENDAR;
        }
    }

    /** How its second time would be come to. */
    private enum Second {
        IN_TIME,
        LATE,
        PAUSED
    }

    private record Case(First first, Change change, Second second, NamedCalendar calendar, Schedule schedule) {
        @Override
        public String toString() {
            return first + ", then " + change + ", then " + second;
        }
    }

    /** Each case has a timetable and a calendar of its own. */
    private static int made;

    private CalendarScene by;
    private Scene scene;
    private Pauses pauses;
    /** When all are due once more. */
    private OffsetDateTime again;

    @BeforeEach
    void noon(Database database) {
        by = new CalendarScene(database);
        scene = by.scene;
        pauses = new Pauses(new RunQueue());
    }

    @Test
    void what_was_dealt_with_is_not_dealt_with_again_in_time_or_late() {
        again = by.now.plusHours(1).withNano(0);
        List<Case> cases = changed(List.of(First.values()), Second.IN_TIME, Second.LATE);
        SoftAssertions softly = new SoftAssertions();
        softly.assertThat(forecast(cases)).as("what is foretold").isEmpty();
        for (Case one : cases) {
            int late = one.second == Second.LATE ? 90 : 1;
            softly.assertThatCode(() -> fire(one, again.plusSeconds(late).toInstant()))
                    .as("%s: fire", one)
                    .doesNotThrowAnyException();
            check(one, softly);
        }
        softly.assertAll();
    }

    private List<ComingFires.ComingFire> forecast(List<Case> cases) {
        List<Long> schedules = cases.stream().map(one -> one.schedule.id()).toList();
        List<Upcoming> ours = by.database.inTransaction(transaction -> Upcoming.read(transaction, null, "")).stream()
                .filter(one -> schedules.contains(one.schedule()))
                .toList();
        Instant before = again.minusSeconds(1).toInstant();
        assertThat(ours).hasSizeGreaterThan(cases.size() / 2);
        return new ComingFires().list(ours, before, ComingFires.Place.from(before), again.toInstant(), cases.size());
    }

    @Test
    void nor_is_it_by_the_end_of_a_pause() {
        List<Case> cases = pausedBeforeItComes(4);
        by.waitFor(again.toInstant());
        cases.forEach(one -> resume(one, Pause.Choice.ALL));
        scene.server().fireDue();
        SoftAssertions softly = new SoftAssertions();
        cases.forEach(one -> check(one, softly));
        softly.assertAll();
    }

    /** On a slow machine its second time comes before all is changed: then with others, and more time. */
    private List<Case> pausedBeforeItComes(int seconds) {
        again = scene.now().plusSeconds(seconds).atOffset(ZoneOffset.UTC).withNano(0);
        List<Case> cases = changed(List.of(First.MADE_UP, First.MISSED), Second.PAUSED);
        return scene.now().isBefore(again.toInstant()) ? cases : pausedBeforeItComes(2 * seconds);
    }

    // nobody was there to have it: a new schedule, and its calendar put right
    @Test
    void what_was_due_before_anybody_followed_the_timetable_comes() {
        again = by.now.plusHours(1).withNano(0);
        NamedCalendar calendar = by.calendar("wrong", again.toLocalDate());
        Schedule schedule = by.schedule(CalendarScene.on(again, ",2049"), calendar, CalendarRule.PREVIOUS);
        assertThat(foretold(calendar, by.open(again.toLocalDate()), by.open()))
                .singleElement()
                .matches(fire -> fire.before() == null && fire.after().equals(again.toInstant()));
        by.change(calendar);
        assertThat(by.nextDue(schedule)).isEqualTo(again.toInstant());
        by.change(calendar, again.toLocalDate());
        assertThat(foretold(calendar, by.open(again.toLocalDate()), by.open()))
                .as("it was overtaken, and comes back")
                .hasSize(1);
    }

    private List<CalendarChanges.ChangedFire> foretold(
            NamedCalendar calendar, BusinessCalendar before, BusinessCalendar next) {
        return by.database.inTransaction(transaction ->
                CalendarChanges.of(transaction, calendar.id(), before, next, 10).fires());
    }

    // its id tells that it was made long before its instant
    @Test
    void a_run_that_was_drawn_forward_by_days_is_neither_missing_nor_one_too_many() {
        again = by.now.plusHours(1).withNano(0);
        LocalDate[] week = again.toLocalDate()
                .minusDays(6)
                .datesUntil(again.toLocalDate().plusDays(1))
                .toArray(LocalDate[]::new);
        NamedCalendar calendar = by.calendar("drawn", week);
        Schedule schedule = by.schedule(CalendarScene.on(again, ",2048"), calendar, CalendarRule.PREVIOUS);
        scene.putBack(schedule, Duration.ofDays(8));
        by.database.useTransaction(transaction -> transaction
                .sql()
                .createUpdate("""
                        INSERT INTO run_history (id, state, job_id, job_version, queue_id, cause, schedule_id, nominal_at,
                            due_at, parameters, created_at, epoch, attempt, ended_at, attempts)
                        SELECT next_id(), 'SUCCEEDED', j.id, 1, j.queue_id, 'SCHEDULE', s.id,
                            :nominal, :due, '{}', :due, 1, 1, :due, '[]'
                        FROM schedule s JOIN job j ON j.id = s.job_id WHERE s.id = :schedule
                        """)
                .bind("nominal", again.toInstant())
                .bind("due", again.minusDays(7).toInstant())
                .bind("schedule", schedule.id())
                .execute());
        by.database.useTransaction(transaction -> transaction
                .sql()
                .createUpdate("UPDATE timetable_mark SET fired_through = now(), next_due = NULL"
                        + " WHERE timetable_id = :timetable")
                .bind("timetable", schedule.timetableId())
                .execute());
        Case one = new Case(First.MADE_UP, Change.SCHEDULE_LEAVES_CALENDAR, Second.IN_TIME, calendar, schedule);
        change(one);
        fire(one, again.plusSeconds(1).toInstant());
        assertThat(scene.runs(schedule)).isEmpty();
        Instant end = again.plusSeconds(2).toInstant();
        assertThat(account(one, again.minusMinutes(59).toInstant(), end)).isEqualTo(Account.NOTHING);
        assertThat(account(one, Instant.EPOCH, end)).isEqualTo(new Account(1, 1, 0, 0, 0));
    }

    private List<Case> changed(List<First> firsts, Second... seconds) {
        List<Case> cases = new ArrayList<>();
        for (First first : firsts) {
            for (Change change : Change.values()) {
                for (Second second : seconds) {
                    cases.add(began(first, change, second));
                }
            }
        }
        scene.server().fireDue();
        cases.stream().filter(one -> one.first.paused()).forEach(this::resumeFirst);
        scene.server().fireDue();
        cases.forEach(this::change);
        scene.server().fireDue();
        return cases;
    }

    private LocalDate closed(Change change) {
        return (change.draws() ? again : again.minusDays(1)).toLocalDate();
    }

    private Case began(First first, Change change, Second second) {
        int place = made++;
        NamedCalendar calendar = change == Change.CALENDAR_MOVES_LATER || change == Change.SCHEDULE_GETS_ANOTHER
                ? by.calendar("again-" + place)
                : by.calendar("again-" + place, closed(change));
        Timetable timetable = CalendarScene.on(
                change.draws() ? again : again.minusDays(1), "," + (2050 + place % 49) + "," + (2000 + place / 49));
        boolean follows = change != Change.SCHEDULE_GETS_CALENDAR;
        CalendarRule rule = change.draws() ? CalendarRule.PREVIOUS : CalendarRule.NEXT;
        Schedule schedule = scene.schedule(
                scene.job(),
                follows ? timetable.with(new FollowedCalendar(calendar.id(), rule)) : timetable,
                Terms.STANDARD.with(first.policy()));
        Case begun = new Case(first, change, second, calendar, schedule);
        if (first.paused()) {
            pause(begun);
        }
        scene.putBack(schedule, Duration.ofDays(2));
        by.database.useTransaction(transaction -> transaction
                .sql()
                .createUpdate(
                        "UPDATE schedule SET paused_from = effective_from WHERE id = :id AND paused_from IS NOT NULL")
                .bind("id", schedule.id())
                .execute());
        return begun;
    }

    private void resumeFirst(Case one) {
        if (one.first != First.PAUSED_WHEN_IT_CHANGES) {
            resume(one, one.first == First.PAUSED ? Pause.Choice.SKIP : Pause.Choice.ALL);
        }
    }

    private void change(Case one) {
        switch (one.change) {
            case CALENDAR_MOVES_LATER -> by.change(one.calendar, closed(one.change));
            case CALENDAR_DRAWS_NO_MORE -> by.change(one.calendar);
            case SCHEDULE_GETS_CALENDAR ->
                by.give(by.reload(one.schedule), new FollowedCalendar(one.calendar.id(), CalendarRule.NEXT));
            case SCHEDULE_GETS_ANOTHER ->
                by.give(
                        by.reload(one.schedule),
                        new FollowedCalendar(
                                by.calendar(one.calendar.name() + "-other", closed(one.change))
                                        .id(),
                                CalendarRule.NEXT));
            case SCHEDULE_LEAVES_CALENDAR -> by.give(by.reload(one.schedule), null);
        }
        if (one.first == First.PAUSED_WHEN_IT_CHANGES) {
            resume(one, Pause.Choice.SKIP);
            scene.server().fireDue();
        }
        if (one.second == Second.PAUSED) {
            pause(one);
        }
    }

    /** As the servers would by a clock that stands there. */
    private void fire(Case one, Instant now) {
        Marks marks = new Marks();
        Fires fires = new Fires(new RunQueue(), marks, new KnownTimetables());
        long timetable = by.reload(one.schedule).timetableId();
        by.database.useTransaction(transaction -> {
            List<Plan> plans = new ArrayList<>();
            for (Mark mark : marks.lock(transaction, List.of(timetable))) {
                plans.add(fires.plan(transaction, mark, now, 1000));
            }
            fires.carryOut(transaction, plans, now);
        });
    }

    private void check(Case one, SoftAssertions softly) {
        softly.assertThat(scene.runs(one.schedule)).as("%s: runs", one).hasSize(one.first.runs());
        Instant end = again.plusSeconds(120).toInstant();
        softly.assertThat(account(one, Instant.EPOCH, end).unaccounted())
                .as("%s: unaccounted of all", one)
                .isZero();
        // by itself, as an hour's check sees it
        softly.assertThat(account(one, again.minusSeconds(3).toInstant(), end))
                .as("%s: its second time", one)
                .isEqualTo(Account.NOTHING);
    }

    private Account account(Case one, Instant from, Instant through) {
        Schedule schedule = by.reload(one.schedule);
        return by.database.inTransaction(transaction -> new Ledger().of(transaction, schedule, from, through));
    }

    private void pause(Case one) {
        Pause.Scope scope = Pause.Scope.schedule(one.schedule.id());
        by.database.useTransaction(transaction -> pauses.pause(transaction, scope, null, Scene.OPERATOR));
    }

    private void resume(Case one, Pause.Choice choice) {
        Pause.Scope scope = Pause.Scope.schedule(one.schedule.id());
        by.database.useTransaction(transaction -> pauses.resume(transaction, scope, choice, Scene.OPERATOR));
    }
}
