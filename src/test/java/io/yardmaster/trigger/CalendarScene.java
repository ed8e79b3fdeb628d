package io.yardmaster.trigger;

import io.yardmaster.calendar.BusinessCalendar;
import io.yardmaster.calendar.CalendarDraft;
import io.yardmaster.calendar.Calendars;
import io.yardmaster.calendar.NamedCalendar;
import io.yardmaster.database.Database;
import io.yardmaster.timetable.CalendarRule;
import io.yardmaster.timetable.FollowedCalendar;
import io.yardmaster.timetable.Timetable;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/** Calendars and the schedules that go by them. It is about noon in their zone, whatever the hour. */
final class CalendarScene {
    final Database database;
    final Scene scene;
    final Calendars calendars;
    final OffsetDateTime now;

    CalendarScene(Database database) {
        this.database = database;
        this.scene = new Scene(database);
        this.calendars = new Calendars(scene.schedules);
        Instant instant = scene.now();
        this.now = instant.atOffset(
                ZoneOffset.ofHours(12 - instant.atOffset(ZoneOffset.UTC).getHour()));
    }

    NamedCalendar calendar(String name, LocalDate... holidays) {
        return make("default", name, false, open(holidays));
    }

    NamedCalendar make(String namespace, String name, boolean shared, BusinessCalendar content) {
        return database.inTransaction(transaction ->
                calendars.create(transaction, new CalendarDraft(namespace, name, "", shared, content), Scene.OPERATOR));
    }

    /** Every day works but these. */
    BusinessCalendar open(LocalDate... holidays) {
        TreeMap<LocalDate, String> days = new TreeMap<>();
        for (LocalDate holiday : holidays) {
            days.put(holiday, "holiday");
        }
        return new BusinessCalendar(
                EnumSet.allOf(DayOfWeek.class),
                days,
                new TreeMap<>(),
                List.of(),
                now.toLocalDate().plusYears(1));
    }

    /** By these holidays from now on. */
    void change(NamedCalendar calendar, LocalDate... holidays) {
        database.useTransaction(transaction -> {
            NamedCalendar current = calendars.find(transaction, calendar.id()).orElseThrow();
            calendars.update(
                    transaction,
                    current.id(),
                    current.version(),
                    current.draft().with(open(holidays)),
                    Scene.OPERATOR);
        });
    }

    Schedule schedule(Timetable timetable, NamedCalendar calendar, CalendarRule rule) {
        return scene.schedule(scene.job(), timetable.with(new FollowedCalendar(calendar.id(), rule)));
    }

    Schedule give(Schedule schedule, FollowedCalendar calendar) {
        return database.inTransaction(transaction -> scene.schedules.update(
                transaction,
                schedule.id(),
                scene.version(schedule),
                new ScheduleDraft(
                        schedule.name(), schedule.timetable().with(calendar), Map.of(), true, schedule.terms()),
                Scene.OPERATOR));
    }

    Schedule reload(Schedule schedule) {
        return database.inTransaction(
                transaction -> scene.schedules.find(transaction, schedule.id()).orElseThrow());
    }

    /** When its timetable is due next; null if it is not. */
    Instant nextDue(Schedule schedule) {
        return database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT next_due FROM timetable_mark WHERE timetable_id = :timetable")
                .bind("timetable", reload(schedule).timetableId())
                .mapTo(Instant.class)
                .one());
    }

    void waitFor(Instant moment) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .until(() -> scene.now().isAfter(moment.plusMillis(200)));
    }

    static Timetable on(OffsetDateTime at) {
        return on(at, "");
    }

    /** @param more years, after a comma, so that the timetable is none of another test's */
    static Timetable on(OffsetDateTime at, String more) {
        return Timetable.cron(
                "%d %d %d %d %d ? %d%s"
                        .formatted(
                                at.getSecond(),
                                at.getMinute(),
                                at.getHour(),
                                at.getDayOfMonth(),
                                at.getMonthValue(),
                                at.getYear(),
                                more),
                at.getOffset().getId());
    }
}
