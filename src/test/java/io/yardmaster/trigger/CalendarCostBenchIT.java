package io.yardmaster.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.calendar.Blackout;
import io.yardmaster.calendar.BusinessCalendar;
import io.yardmaster.calendar.NamedCalendar;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A calendar that two thousand timetables follow. */
@Tag("bench")
final class CalendarCostBenchIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Schedule.class, SharedTimetable.class);

    private static final int TIMETABLES = 2_000;

    /** Once a day each, all of them moved; with what they have fired in seventy days. */
    private static final List<String> FILL = List.of("""
            INSERT INTO timetable (kind, expression, zone, calendar_id, calendar_rule)
            SELECT 'CRON', n % 60 || ' ' || n / 60 % 60 || ' ' || n % 24 || ' * * ?', 'Europe/Berlin', :calendar,
                CASE WHEN n % 2 = 0 THEN 'NEXT' ELSE 'PREVIOUS' END
            FROM generate_series(0, :timetables - 1) AS n
            """, """
            INSERT INTO timetable_mark (timetable_id, fired_through) SELECT id, clock_timestamp() FROM timetable
            WHERE calendar_id = :calendar
            """, """
            INSERT INTO schedule (job_id, timetable_id, name, effective_from)
            SELECT j.id, t.id, 's', clock_timestamp()
            FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM job) j
            JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place FROM timetable WHERE calendar_id = :calendar) t USING (place)
            """, """
            INSERT INTO schedule_stretch (schedule_id, timetable_id, calendar_version, from_at)
            SELECT s.id, s.timetable_id, 0, s.effective_from FROM schedule s JOIN timetable t ON t.id = s.timetable_id
            WHERE t.calendar_id = :calendar
            """, """
            INSERT INTO fire (timetable_id, nominal_at, fired_at, runs)
            SELECT t.id, date_trunc('day', now()) - day * interval '1 day' + interval '3 hours', now(), 1
            FROM timetable t, generate_series(1, 70) AS day WHERE t.calendar_id = :calendar
            """);

    @Test
    void a_change_and_its_preview_take_less_than_two_seconds(Database database) {
        CalendarScene by = new CalendarScene(database);
        by.scene.jobs(TIMETABLES);
        NamedCalendar calendar = by.make(
                "default",
                "cost",
                false,
                BusinessCalendar.plain(by.now.toLocalDate().plusYears(1)));
        FILL.forEach(statement -> database.useTransaction(transaction -> {
            var update = transaction.sql().createUpdate(statement).bind("calendar", calendar.id());
            if (statement.contains(":timetables")) {
                update.bind("timetables", TIMETABLES);
            }
            update.execute();
        }));
        BusinessCalendar plain = calendar.content();
        TreeMap<LocalDate, String> holidays = new TreeMap<>();
        holidays.put(by.now.toLocalDate(), "today");
        holidays.put(by.now.toLocalDate().plusDays(3), "in three days");
        BusinessCalendar closed = plain.with(holidays, new TreeMap<>());
        BusinessCalendar dark = new BusinessCalendar(
                plain.weekdays(),
                plain.holidays(),
                plain.workdays(),
                List.of(new Blackout(LocalTime.of(1, 0), LocalTime.of(5, 0))),
                plain.knownThrough());
        List<Long> millis = new ArrayList<>();
        List<Boolean> whole = new ArrayList<>();
        for (BusinessCalendar next : List.of(closed, plain, dark, plain, closed, plain)) {
            long begun = System.nanoTime();
            int fires = database.inTransaction(transaction -> {
                NamedCalendar now =
                        by.calendars.find(transaction, calendar.id()).orElseThrow();
                CalendarChanges told = CalendarChanges.of(transaction, calendar.id(), now.content(), next, 100_000);
                whole.add(told.whole());
                return told.fires().size();
            });
            long previewed = System.nanoTime();
            database.useTransaction(transaction -> {
                NamedCalendar now =
                        by.calendars.find(transaction, calendar.id()).orElseThrow();
                by.calendars.update(
                        transaction, now.id(), now.version(), now.draft().with(next), Scene.OPERATOR);
            });
            long preview = (previewed - begun) / 1_000_000;
            long change = (System.nanoTime() - previewed) / 1_000_000;
            System.out.printf("%d fires: preview %d ms, change %d ms%n", fires, preview, change);
            millis.addAll(List.of(preview, change));
        }
        // but for the first time, when nothing is compiled yet
        assertThat(millis.subList(2, millis.size())).allMatch(one -> one < 2_000);
        assertThat(whole.subList(1, whole.size())).containsOnly(true);
        assertThat(by.scene.count("timetable_mark WHERE next_due IS NOT NULL")).isEqualTo(TIMETABLES);
    }
}
