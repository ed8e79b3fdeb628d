package io.yardmaster.web.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.audit.Actor;
import io.yardmaster.calendar.Calendars;
import io.yardmaster.calendar.NamedCalendar;
import io.yardmaster.database.Database;
import io.yardmaster.job.Jobs;
import io.yardmaster.queue.Queues;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.security.Role;
import io.yardmaster.timetable.CalendarRule;
import io.yardmaster.timetable.FollowedCalendar;
import io.yardmaster.timetable.Timetable;
import io.yardmaster.trigger.ScheduleDraft;
import io.yardmaster.trigger.Schedules;
import io.yardmaster.web.Browser;
import io.yardmaster.web.WebServer;
import io.yardmaster.web.definition.Definitions;
import io.yardmaster.web.job.NewJobPages;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The pages of calendars over a real database, and jobs that follow them. */
final class CalendarYard implements AutoCloseable {
    private static final Actor WHO = Actor.system("test");

    final WebServer server;
    final Browser editor;
    private final Database database;
    private final Schedules schedules = new Schedules(new RunQueue());
    private final Jobs jobs = new Jobs(List.of(schedules));
    private final Calendars calendars = new Calendars(schedules);

    CalendarYard(Database database) {
        this.database = database;
        server = WebServer.start(
                database,
                List.of(
                        new NewJobPages(database, jobs, new Queues(), new Definitions(jobs, schedules)),
                        new CalendarPages(database, calendars),
                        new CalendarEditPages(database, calendars),
                        new CalendarImportPages(database, calendars),
                        new CalendarArchivePages(database, calendars)));
        editor = server.signedIn("ed", "*", Role.EDITOR);
        editor.get("/calendars");
    }

    LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    /** Every day of the week works, for the next ten years, but for these holidays, one a line. */
    void calendar(String namespace, String name, String holidays, String... more) {
        editor.post("/calendars", fields(namespace, name, holidays, more));
    }

    /** The form's fields; what {@code more} names is in place of the usual. */
    String[] fields(String namespace, String name, String holidays, String... more) {
        String[] usual = {
            "namespace",
            namespace,
            "name",
            name,
            "holidays",
            holidays,
            "knownThrough",
            today().plusYears(10).toString(),
            "weekday",
            "MONDAY",
            "weekday",
            "TUESDAY",
            "weekday",
            "WEDNESDAY",
            "weekday",
            "THURSDAY",
            "weekday",
            "FRIDAY",
            "weekday",
            "SATURDAY",
            "weekday",
            "SUNDAY"
        };
        List<String> fields = new ArrayList<>(List.of(more));
        for (int i = 0; i < usual.length; i += 2) {
            if (!names(more).contains(usual[i])) {
                fields.addAll(List.of(usual[i], usual[i + 1]));
            }
        }
        return fields.toArray(String[]::new);
    }

    private static List<String> names(String... fields) {
        return IntStream.range(0, fields.length / 2)
                .mapToObj(i -> fields[2 * i])
                .toList();
    }

    NamedCalendar find(String namespace, String name) {
        return database.inTransaction(
                transaction -> calendars.find(transaction, namespace, name).orElse(null));
    }

    /** A job of that name that runs each day at noon UTC by the calendar. */
    void follow(String namespace, String job, NamedCalendar calendar, CalendarRule rule) {
        HttpResponse<String> made = editor.post(
                "/jobs",
                "namespace",
                namespace,
                "name",
                job,
                "queue",
                "default/default",
                "task.script",
                "true",
                "enabled",
                "true");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(303);
        Timetable noon = Timetable.cron("0 0 12 * * ?", "UTC").with(new FollowedCalendar(calendar.id(), rule));
        database.useTransaction(transaction -> schedules.create(
                transaction,
                jobs.get(transaction, namespace, job).id(),
                new ScheduleDraft("daily", noon, Map.of(), true),
                WHO));
    }

    @Override
    public void close() {
        server.close();
    }
}
