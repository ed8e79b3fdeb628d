package io.yardmaster.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.calendar.BusinessCalendar;
import io.yardmaster.calendar.CalendarChoice;
import io.yardmaster.calendar.CalendarDraft;
import io.yardmaster.calendar.NamedCalendar;
import io.yardmaster.database.Conflict;
import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import io.yardmaster.timetable.CalendarRule;
import io.yardmaster.timetable.FollowedCalendar;
import io.yardmaster.timetable.Occurrence;
import io.yardmaster.timetable.Timetable;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Schedules that go by a calendar. It is about noon in their zone, whatever the hour. */
final class CalendarsIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Schedule.class, SharedTimetable.class);

    private Database database;
    private CalendarScene by;
    private Scene scene;
    private OffsetDateTime now;

    @BeforeEach
    void noon(Database given) {
        database = given;
        by = new CalendarScene(database);
        scene = by.scene;
        now = by.now;
    }

    // R4
    @Test
    void what_a_calendar_leaves_out_is_one_range_with_its_name() {
        NamedCalendar calendar = by.calendar("skip", now.toLocalDate());
        Schedule schedule = by.schedule(everySecond(), calendar, CalendarRule.SKIP);
        scene.putBack(schedule, Duration.ofSeconds(20));
        scene.server().fireDue();
        assertThat(scene.runs(schedule)).isEmpty();
        assertThat(scene.count("fire_range WHERE reason = 'SKIPPED' AND detail = 'default/skip' AND schedule_id = "
                        + schedule.id()))
                .isEqualTo(1);
        Account account = scene.account(schedule);
        assertThat(account.skipped()).isBetween(19L, 22L).isEqualTo(account.expected());
        assertThat(account.unaccounted()).isZero();
    }

    // R1 R4
    @Test
    void a_fire_that_is_moved_is_known_by_the_instant_of_its_expression() {
        OffsetDateTime yesterday = now.minusDays(1).minusSeconds(3).withNano(0);
        NamedCalendar calendar = by.calendar("next", yesterday.toLocalDate());
        Schedule schedule = by.schedule(CalendarScene.on(yesterday), calendar, CalendarRule.NEXT);
        scene.putBack(schedule, Duration.ofSeconds(20));
        scene.server().fireDue();
        assertThat(scene.runs(schedule)).containsExactly(yesterday.toInstant());
        assertThat(scene.account(schedule)).isEqualTo(new Account(1, 1, 0, 0, 0));
        Optional<CalendarShift> shift = database.inTransaction(
                transaction -> CalendarShift.of(transaction, schedule.id(), yesterday.toInstant()));
        assertThat(shift)
                .contains(
                        new CalendarShift("default/next", yesterday.plusDays(1).toInstant()));
    }

    // R4: the past is judged by what held then
    @Test
    void an_edit_settles_and_holds_from_then_on() {
        NamedCalendar calendar = by.calendar("edit", now.toLocalDate());
        Schedule schedule = by.schedule(everySecond(), calendar, CalendarRule.SKIP);
        scene.putBack(schedule, Duration.ofSeconds(10));
        by.change(calendar);
        assertThat(scene.count("fire_range WHERE reason = 'SKIPPED' AND schedule_id = " + schedule.id()))
                .isEqualTo(1);
        assertThat(scene.count("schedule_stretch WHERE schedule_id = " + schedule.id() + " AND calendar_version = 1"
                        + " AND through_at IS NULL"))
                .isEqualTo(1);
        Awaitility.await().until(() -> {
            scene.server().fireDue();
            return !scene.runs(schedule).isEmpty();
        });
        Account account = scene.account(schedule);
        assertThat(account.skipped()).isBetween(9L, 11L);
        assertThat(account.unaccounted()).isZero();
    }

    // R1: never twice
    @Test
    void what_was_fired_by_the_calendar_of_before_does_not_fire_again() {
        OffsetDateTime tomorrow = now.plusDays(1).minusSeconds(3).withNano(0);
        NamedCalendar calendar = by.calendar("again", tomorrow.toLocalDate());
        Schedule schedule = by.schedule(CalendarScene.on(tomorrow), calendar, CalendarRule.PREVIOUS);
        scene.putBack(schedule, Duration.ofSeconds(20));
        scene.server().fireDue();
        assertThat(scene.runs(schedule)).containsExactly(tomorrow.toInstant());
        by.change(calendar);
        assertThat(scene.count("timetable_mark WHERE next_due IS NOT NULL AND timetable_id = "
                        + "(SELECT timetable_id FROM schedule WHERE id = " + schedule.id() + ")"))
                .isZero();
        assertThat(scene.account(schedule).unaccounted()).isZero();
    }

    // R1: as a dry run is
    @Test
    void what_a_change_said_that_was_rolled_back_counts_for_nothing() {
        OffsetDateTime tomorrow = now.plusDays(1).withNano(0);
        NamedCalendar calendar = by.calendar("dry", now.toLocalDate().minusDays(9));
        Schedule schedule = by.schedule(CalendarScene.on(tomorrow), calendar, CalendarRule.NEXT);
        CalendarDraft closed = calendar.draft().with(by.open(tomorrow.toLocalDate()));
        assertThatThrownBy(() -> database.useTransaction(transaction -> {
                    by.calendars.update(transaction, calendar.id(), 0, closed, Scene.OPERATOR);
                    throw new IllegalStateException("dry");
                }))
                .hasMessageContaining("dry");
        by.change(calendar);
        assertThat(scene.count("timetable_mark WHERE next_due = '" + tomorrow.toInstant() + "' AND timetable_id = "
                        + "(SELECT timetable_id FROM schedule WHERE id = " + schedule.id() + ")"))
                .isEqualTo(1);
    }

    // R4
    @Test
    void what_a_change_would_have_in_the_past_is_accounted_for() {
        OffsetDateTime tomorrow = now.plusDays(1).minusSeconds(3).withNano(0);
        NamedCalendar calendar = by.calendar("overtaken", now.toLocalDate().minusDays(9));
        Schedule schedule = by.schedule(CalendarScene.on(tomorrow), calendar, CalendarRule.PREVIOUS);
        scene.putBack(schedule, Duration.ofSeconds(20));
        Account before = scene.account(schedule);
        // closed tomorrow: it would have been due three seconds ago
        by.change(calendar, tomorrow.toLocalDate());
        scene.server().fireDue();
        assertThat(scene.runs(schedule)).isEmpty();
        assertThat(scene.count("fire_range WHERE reason = 'OVERTAKEN' AND detail = 'default/overtaken' AND instants = 1"
                        + " AND schedule_id = " + schedule.id()))
                .isEqualTo(1);
        assertThat(before).isEqualTo(new Account(0, 0, 0, 0, 0));
        assertThat(scene.account(schedule)).isEqualTo(new Account(1, 0, 1, 0, 0));
        // who takes the change back has it to come after all
        by.change(calendar);
        assertThat(by.nextDue(schedule)).isEqualTo(tomorrow.toInstant());
        assertThat(scene.count("timetable_overtaken WHERE timetable_id = " + schedule.timetableId()))
                .isZero();
        assertThat(scene.account(schedule)).isEqualTo(new Account(1, 0, 1, 0, 0));
    }

    @Test
    void which_coming_fires_would_change_is_told_beforehand() {
        OffsetDateTime tomorrow = now.plusDays(1).withNano(0);
        NamedCalendar calendar = by.calendar("changes", now.toLocalDate().plusDays(9));
        Schedule schedule = by.schedule(CalendarScene.on(tomorrow), calendar, CalendarRule.NEXT);
        BusinessCalendar other = by.open(tomorrow.toLocalDate());
        CalendarChanges changed = database.inTransaction(
                transaction -> CalendarChanges.of(transaction, calendar.id(), calendar.content(), other, 10));
        assertThat(changed.whole()).isTrue();
        assertThat(changed.fires()).singleElement().satisfies(one -> {
            assertThat(one.schedules()).contains(schedule.name());
            assertThat(one.before()).isEqualTo(tomorrow.toInstant());
            assertThat(one.after()).isEqualTo(tomorrow.plusDays(1).toInstant());
        });
    }

    @Test
    void a_calendar_in_use_stays_and_nobody_overwrites_anothers_edit() {
        NamedCalendar calendar = by.calendar("kept", now.toLocalDate());
        by.schedule(everySecond(), calendar, CalendarRule.SKIP);
        assertThatThrownBy(() -> database.useTransaction(
                        transaction -> by.calendars.archive(transaction, calendar.id(), 0, Scene.OPERATOR)))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("default/kept is used by default/job");
        by.change(calendar);
        assertThatThrownBy(() -> database.useTransaction(transaction -> by.calendars.update(
                        transaction, calendar.id(), 0, calendar.draft().with(by.open()), Scene.OPERATOR)))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("version 1");
    }

    @Test
    void a_calendar_of_another_namespace_is_followed_only_if_it_is_shared() {
        NamedCalendar own = by.make("elsewhere", "own", false, by.open());
        NamedCalendar shared = by.make("elsewhere", "shared", true, by.open());
        assertThatThrownBy(() -> by.schedule(everySecond(), own, CalendarRule.SKIP))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("not shared");
        assertThat(by.schedule(everySecond(), shared, CalendarRule.SKIP)
                        .timetable()
                        .calendar()
                        .id())
                .isEqualTo(shared.id());
        List<CalendarChoice> choices =
                database.inTransaction(transaction -> CalendarChoice.all(transaction, Set.of("default")));
        assertThat(choices)
                .extracting(CalendarChoice::fullName)
                .contains("elsewhere/shared")
                .doesNotContain("elsewhere/own");
    }

    @Test
    void a_rule_that_does_not_fit_is_told_at_its_field() {
        NamedCalendar calendar = by.calendar("fit", now.toLocalDate());
        assertThatThrownBy(() -> by.schedule(everySecond(), calendar, CalendarRule.NEXT))
                .isInstanceOf(Invalid.class)
                .hasMessageStartingWith("calendarRule: ");
    }

    // R4: the same instant by a timetable with a calendar and by one without
    @Test
    void what_ran_before_the_schedule_got_its_calendar_does_not_run_again() {
        OffsetDateTime yesterday = now.minusDays(1).plusSeconds(5).withNano(0);
        NamedCalendar calendar = by.calendar("later", yesterday.toLocalDate());
        CatchUp all = new CatchUp(CatchUp.Policy.ALL, 10, Duration.ofDays(2), Duration.ZERO);
        Schedule schedule = scene.schedule(scene.job(), CalendarScene.on(yesterday), Terms.STANDARD.with(all));
        scene.putBack(schedule, Duration.ofDays(2));
        scene.server().fireDue();
        assertThat(scene.runs(schedule)).containsExactly(yesterday.toInstant());
        Schedule given = by.give(schedule, new FollowedCalendar(calendar.id(), CalendarRule.NEXT));
        List<Occurrence> coming =
                database.inTransaction(transaction -> new SchedulePreview().of(transaction, given, 1));
        assertThat(coming).isEmpty();
        fireAfter(yesterday.plusDays(1));
        assertThat(scene.runs(schedule)).containsExactly(yesterday.toInstant());
        assertThat(scene.count("fire WHERE runs > 0 AND timetable_id = " + given.timetableId()))
                .isZero();
        assertThat(scene.account(given).unaccounted()).isZero();
    }

    // a page of the ledger is bounded work, whatever the schedule followed before
    @Test
    @Timeout(value = 5, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void months_of_seconds_before_a_calendar_moves_anything_are_counted_and_not_gone_through() {
        OffsetDateTime yesterday = now.minusDays(1).withNano(0);
        NamedCalendar calendar = by.calendar("bounded", yesterday.toLocalDate());
        Schedule schedule = by.schedule(CalendarScene.on(yesterday), calendar, CalendarRule.NEXT);
        Schedule seconds = scene.schedule(scene.job(), everySecond());
        database.useTransaction(transaction -> transaction
                .sql()
                .createUpdate("INSERT INTO schedule_stretch (schedule_id, timetable_id, from_at, through_at)"
                        + " VALUES (:id, :timetable, now() - interval '2424 hours', now() - interval '24 hours')")
                .bind("id", schedule.id())
                .bind("timetable", seconds.timetableId())
                .execute());
        assertThat(scene.account(schedule).expected()).isEqualTo(100 * 86_400);
    }

    // R3: what the timetable fired before this schedule came is none of its
    @Test
    void what_others_had_before_is_not_expected_of_who_comes_later() {
        OffsetDateTime yesterday = now.minusDays(1).plusSeconds(3).withNano(0);
        NamedCalendar calendar = by.calendar("late", yesterday.toLocalDate());
        Schedule schedule = by.schedule(CalendarScene.on(yesterday), calendar, CalendarRule.NEXT);
        // by the calendar of yesterday, for a schedule that has gone since
        database.useTransaction(transaction -> transaction
                .sql()
                .createUpdate("INSERT INTO timetable_settled (timetable_id, nominal_at, settled_at)"
                        + " SELECT timetable_id, :nominal, :nominal FROM schedule WHERE id = :id")
                .bind("nominal", yesterday.toInstant())
                .bind("id", schedule.id())
                .execute());
        fireAfter(yesterday.plusDays(1));
        assertThat(scene.runs(schedule)).isEmpty();
        assertThat(scene.account(schedule)).isEqualTo(Account.NOTHING);
    }

    private void fireAfter(OffsetDateTime moment) {
        by.waitFor(moment.plusSeconds(1).toInstant());
        scene.server().fireDue();
    }

    private Timetable everySecond() {
        return Timetable.cron("* * * * * ?", now.getOffset().getId());
    }
}
