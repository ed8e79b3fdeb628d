package io.yardmaster.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.calendar.BusinessCalendar;
import io.yardmaster.calendar.CalendarDraft;
import io.yardmaster.calendar.Calendars;
import io.yardmaster.calendar.NamedCalendar;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import io.yardmaster.timetable.CalendarRule;
import io.yardmaster.timetable.FollowedCalendar;
import io.yardmaster.timetable.Timetable;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Backfills of schedules that go by a calendar. Of the first ten days of 2026 the 3rd, 4th and 10th do not work. */
final class BackfillCalendarIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Schedule.class, SharedTimetable.class);

    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-01-10T23:59:59Z");

    private BackfillScene scene;

    @BeforeEach
    void empty(Database database) {
        scene = BackfillScene.empty(database);
    }

    @Test
    void what_the_calendar_leaves_out_is_not_run_and_is_told() {
        BackfillDraft draft = daily("weekdays-skip", CalendarRule.SKIP);
        BackfillPlan plan = scene.base.database.inTransaction(transaction -> scene.backfills.plan(transaction, draft));
        assertThat(plan.skipped()).isEqualTo(3);
        long backfill = scene.create(draft);
        assertThat(scene.find(backfill).calendar()).isEqualTo("default/weekdays-skip");
        assertThat(nominals(backfill)).hasSize(7).doesNotContain(Instant.parse("2026-01-03T06:00:00Z"));
    }

    @Test
    void a_preview_tells_what_the_calendar_moves_and_where_to() {
        BackfillDraft draft = daily("weekdays-told", CalendarRule.NEXT);
        BackfillPlan plan = scene.base.database.inTransaction(transaction -> scene.backfills.plan(transaction, draft));
        assertThat(plan.lines().stream().filter(BackfillPlan.Line::moved))
                .hasSize(2)
                .allMatch(line -> line.due().equals(Instant.parse("2026-01-05T06:00:00Z")));
    }

    // due on Monday the 5th, each by its own instant; that of the 10th is due after the range
    @Test
    void what_the_calendar_moves_is_run_where_it_is_due_and_known_by_its_nominal_instant() {
        long backfill = scene.create(daily("weekdays-next", CalendarRule.NEXT));
        assertThat(nominals(backfill))
                .hasSize(9)
                .contains(Instant.parse("2026-01-03T06:00:00Z"), Instant.parse("2026-01-04T06:00:00Z"))
                .doesNotContain(Instant.parse("2026-01-10T06:00:00Z"));
    }

    private List<Instant> nominals(long backfill) {
        return scene.instants(backfill, null).stream()
                .map(BackfillList.Instance::nominal)
                .toList();
    }

    private BackfillDraft daily(String calendar, CalendarRule rule) {
        BusinessCalendar weekdays = new BusinessCalendar(
                EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                new TreeMap<>(),
                new TreeMap<>(),
                List.of(),
                LocalDate.parse("2027-12-31"));
        NamedCalendar named = scene.base.database.inTransaction(transaction -> new Calendars(scene.base.schedules)
                .create(transaction, new CalendarDraft("default", calendar, "", false, weekdays), Scene.OPERATOR));
        Timetable daily = Timetable.cron("0 0 6 * * ?", "UTC").with(new FollowedCalendar(named.id(), rule));
        Schedule schedule = scene.base.schedule(scene.schedule.jobId(), daily);
        return new BackfillDraft(
                schedule.jobId(), schedule, schedule.timetable(), FROM, UNTIL, BackfillTerms.STANDARD, Map.of());
    }
}
