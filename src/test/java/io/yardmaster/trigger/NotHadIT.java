package io.yardmaster.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.calendar.NamedCalendar;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import io.yardmaster.timetable.CalendarRule;
import io.yardmaster.timetable.FollowedCalendar;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

// R3, R4: what a calendar moves comes for whoever has not had it, and for nobody else
final class NotHadIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Schedule.class, SharedTimetable.class);

    private CalendarScene by;
    private OffsetDateTime again;

    @BeforeEach
    void noon(Database database) {
        Scene.empty(database);
        by = new CalendarScene(database);
        again = by.now.plusSeconds(6).withNano(0);
    }

    @Test
    void schedules_that_share_a_timetable_have_what_each_would_have_alone() {
        NamedCalendar shared = by.calendar("joined-after");
        NamedCalendar parted = by.calendar("joined-before");
        List<Schedule> had = List.of(follower(shared), follower(parted));
        had.forEach(schedule -> by.scene.putBack(schedule, Duration.ofDays(2)));
        by.scene.server().fireDue();
        Schedule before = follower(parted);
        LocalDate yesterday = again.toLocalDate().minusDays(1);
        by.change(shared, yesterday);
        by.change(parted, yesterday);
        assertThat(by.nextDue(had.get(0))).as("all have had it").isNull();
        Schedule after = follower(shared);
        assertThat(by.nextDue(before)).isEqualTo(again.toInstant());
        assertThat(by.nextDue(after)).isEqualTo(again.toInstant());
        by.waitFor(again.toInstant());
        by.scene.server().fireDue();
        for (Schedule schedule : List.of(had.get(0), had.get(1), before, after)) {
            assertThat(by.scene.runs(schedule)).hasSize(1);
            assertThat(by.scene.account(by.reload(schedule))).isEqualTo(new Account(1, 1, 0, 0, 0));
        }
        assertThat(by.scene.count("fire WHERE runs = 2")).isEqualTo(2);
    }

    @Test
    void what_was_left_out_and_drawn_into_the_past_comes_if_it_is_put_back() {
        again = by.now.plusHours(1).withNano(0);
        LocalDate today = again.toLocalDate();
        LocalDate[] closed = today.minusDays(40).datesUntil(today.plusDays(1)).toArray(LocalDate[]::new);
        NamedCalendar calendar = by.calendar("drawn-back", closed);
        Schedule schedule = by.schedule(CalendarScene.on(again), calendar, CalendarRule.PREVIOUS);
        by.scene.putBack(schedule, Duration.ofDays(2));
        by.scene.server().fireDue();
        by.change(calendar, today);
        assertThat(by.nextDue(schedule)).isNull();
        assertThat(by.scene.count("fire_range")).as("nothing was to come").isZero();
        by.change(calendar);
        assertThat(by.nextDue(schedule)).isEqualTo(again.toInstant());
    }

    /** Of an instant of yesterday. */
    private Schedule follower(NamedCalendar calendar) {
        return by.scene.schedule(
                by.scene.job(),
                CalendarScene.on(again.minusDays(1)).with(new FollowedCalendar(calendar.id(), CalendarRule.NEXT)),
                Scene.MAKING_UP_ALL);
    }
}
