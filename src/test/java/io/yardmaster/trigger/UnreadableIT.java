package io.yardmaster.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.calendar.NamedCalendar;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Job;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.timetable.CalendarRule;
import io.yardmaster.timetable.Timetable;
import io.yardmaster.trigger.Pause.Choice;
import io.yardmaster.trigger.Pause.Scope;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

// R3, R19: a zone that this Java does not know holds up nobody else, and its schedules lose nothing
final class UnreadableIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Schedule.class, SharedTimetable.class);

    private final Pauses pauses = new Pauses(new RunQueue());
    private Scene scene;

    @BeforeEach
    void empty(Database database) {
        scene = Scene.empty(database);
    }

    private enum State {
        ON,
        PAUSED,
        RESUMED
    }

    private enum Change {
        EDIT,
        SWITCH_OFF,
        ARCHIVE,
        SWITCH_JOB_OFF,
        ARCHIVE_JOB
    }

    @ParameterizedTest
    @EnumSource(names = {"SYSTEM", "NAMESPACE"})
    void everything_else_is_paused_in_time_and_it_makes_up_what_it_missed(Pause.Kind kind) {
        Scope scope = kind == Pause.Kind.SYSTEM ? Scope.SYSTEM : Scope.namespace("default");
        Schedule sound = scene.schedule(scene.job(), Scene.everySecond());
        Schedule broken = scene.schedule(scene.job(), Timetable.cron("10 */5 * * * ?", "UTC"), Scene.MAKING_UP_ALL);
        scene.putBack(sound, Duration.ofSeconds(5));
        scene.putBack(broken, Duration.ofHours(2));
        zone(broken, "Mars/Base");
        pauses.prepare(scene.database, scope);
        List<Unsettled> unsettled =
                scene.database.inTransaction(transaction -> pauses.pause(transaction, scope, null, Scene.OPERATOR));
        assertThat(unsettled).singleElement().matches(one -> one.schedule().equals(broken.name()));
        assertThat(scene.count("audit_entry WHERE detail ->> 'unsettled' LIKE '%/" + broken.name() + "%'"))
                .isEqualTo(1);
        assertThat(scene.runs(sound)).hasSizeBetween(4, 7);
        assertThat(scene.count("schedule WHERE paused_from IS NULL")).isZero();
        Missed missed = scene.database.inTransaction(transaction -> pauses.missed(transaction, scope));
        assertThat(missed.schedules()).isEqualTo(2);
        scene.server().fireDue();
        zone(broken, "UTC");
        scene.server().fireDue();
        assertThat(scene.account(reload(broken)).paused()).isBetween(23L, 25L);
        inTransaction(transaction -> pauses.resume(transaction, scope, Choice.ALL, Scene.OPERATOR));
        scene.server().fireDue();
        assertThat(scene.runs(broken)).hasSizeBetween(23, 25);
        assertThat(scene.account(reload(broken)).unaccounted()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void it_can_be_changed_whatever_it_waits_for(Change change) {
        for (State state : State.values()) {
            Schedule broken = scene.schedule(
                    scene.job(), Timetable.cron(state.name().length() + " */5 * * * ?", "UTC"), Scene.MAKING_UP_ALL);
            twoHoursAgo(broken, state);
            zone(broken, "Mars/Base");
            inTransaction(transaction -> change(transaction, change, reload(broken)));
            zone(broken, "UTC");
            scene.server().fireDue();
            assertThat(scene.count(
                            "audit_entry WHERE action = 'schedule.unread' AND subject = '" + broken.name() + "'"))
                    .as("%s", state)
                    .isEqualTo(1);
            assertThat(scene.account(reload(broken)).unaccounted())
                    .as("%s", state)
                    .isZero();
            assertThat(scene.runs(broken)).as("%s", state).isEmpty();
            assertThat(reload(broken).timetable().expression().equals("0 0 0 1 1 ?"))
                    .isEqualTo(change == Change.EDIT);
        }
    }

    @Test
    void its_calendar_can_be_changed() {
        CalendarScene by = new CalendarScene(scene.database);
        OffsetDateTime morning = by.now.minusHours(1).withNano(0);
        NamedCalendar calendar = by.calendar("unreadable");
        Schedule on = by.schedule(CalendarScene.on(morning), calendar, CalendarRule.NEXT);
        Schedule paused = by.schedule(CalendarScene.on(morning.plusSeconds(1)), calendar, CalendarRule.NEXT);
        Schedule resumed = by.schedule(CalendarScene.on(morning.plusSeconds(2)), calendar, CalendarRule.NEXT);
        twoHoursAgo(paused, State.PAUSED);
        twoHoursAgo(resumed, State.RESUMED);
        twoHoursAgo(on, State.ON);
        for (Schedule broken : new Schedule[] {on, paused, resumed}) {
            zone(broken, "Mars/Base");
        }
        by.change(calendar, by.now.toLocalDate());
        zone(on, morning.getOffset().getId());
        scene.server().fireDue();
        assertThat(by.nextDue(on)).isEqualTo(morning.plusDays(1).toInstant());
        assertThat(scene.account(reload(on)).expected()).isZero();
    }

    @Test
    void its_calendar_can_be_changed_again_and_again() {
        CalendarScene by = new CalendarScene(scene.database);
        NamedCalendar calendar = by.calendar("unreadable-again");
        Schedule broken = by.schedule(CalendarScene.on(by.now.minusHours(1).withNano(0)), calendar, CalendarRule.NEXT);
        by.change(calendar, by.now.toLocalDate().plusDays(40));
        zone(broken, "Mars/Base");
        by.change(calendar, by.now.toLocalDate().plusDays(41));
        by.change(calendar, by.now.toLocalDate().plusDays(42));
        assertThat(scene.count("schedule_stretch WHERE through_at IS NULL AND schedule_id = " + broken.id()
                        + " AND calendar_version = (SELECT version FROM business_calendar WHERE id = " + calendar.id()
                        + ")"))
                .isEqualTo(1);
    }

    private void change(Transaction transaction, Change change, Schedule broken) {
        switch (change) {
            case EDIT -> {
                Timetable readable = Timetable.cron("0 0 0 1 1 ?", "UTC");
                ScheduleDraft draft = new ScheduleDraft(broken.name(), readable, Map.of(), true, Scene.MAKING_UP_ALL);
                scene.schedules.update(transaction, broken.id(), broken.version(), draft, Scene.OPERATOR);
            }
            case SWITCH_OFF -> scene.schedules.enable(transaction, broken.id(), false, Scene.OPERATOR);
            case ARCHIVE -> scene.schedules.archive(transaction, broken.id(), broken.version(), Scene.OPERATOR);
            case SWITCH_JOB_OFF -> scene.jobs.enable(transaction, broken.jobId(), false, Scene.OPERATOR);
            case ARCHIVE_JOB -> {
                Job job = scene.jobs.find(transaction, broken.jobId()).orElseThrow();
                scene.jobs.archive(transaction, job.id(), job.version(), Scene.OPERATOR);
            }
        }
    }

    private void twoHoursAgo(Schedule schedule, State state) {
        Scope scope = Scope.schedule(schedule.id());
        if (state == State.ON) {
            scene.putBack(schedule, Duration.ofHours(2));
            return;
        }
        inTransaction(transaction -> pauses.pause(transaction, scope, null, Scene.OPERATOR));
        scene.putBackPaused(schedule, Duration.ofHours(2));
        if (state == State.RESUMED) {
            inTransaction(transaction -> pauses.resume(transaction, scope, Choice.ALL, Scene.OPERATOR));
        }
    }

    private void zone(Schedule schedule, String zone) {
        inTransaction(transaction -> transaction
                .sql()
                .createUpdate("UPDATE timetable SET zone = :zone"
                        + " WHERE id = (SELECT timetable_id FROM schedule_stretch WHERE schedule_id = :id LIMIT 1)")
                .bind("zone", zone)
                .bind("id", schedule.id())
                .execute());
    }

    private void inTransaction(Consumer<Transaction> work) {
        scene.database.useTransaction(work);
    }

    private Schedule reload(Schedule schedule) {
        return scene.database.inTransaction(
                transaction -> scene.schedules.find(transaction, schedule.id()).orElseThrow());
    }
}
