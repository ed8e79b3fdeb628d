package io.yardmaster.web.calendar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.PostgresExtension;
import io.yardmaster.web.Browser;
import io.yardmaster.web.job.JobYard;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class CalendarImportPagesIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = JobYard.postgres();

    private static final byte[] NONE = new byte[0];
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");
    private static final String ICS = """
            BEGIN:VCALENDAR
            BEGIN:VEVENT
            DTSTART;VALUE=DATE:20270101
            RRULE:FREQ=YEARLY
            SUMMARY:New Year <b>
            END:VEVENT
            BEGIN:VEVENT
            DTSTART:20270301T090000
            DTEND:20270301T100000
            SUMMARY:Meeting
            END:VEVENT
            END:VCALENDAR
            """;

    private static CalendarYard yard;
    private static Browser editor;

    @BeforeAll
    static void start() {
        yard = new CalendarYard(POSTGRES.database());
        editor = yard.editor;
    }

    @AfterAll
    static void stop() {
        yard.close();
    }

    // R11
    @Test
    void a_file_is_previewed_taken_into_the_form_and_stored() {
        yard.calendar("shop", "filled", "2027-05-01 May Day");
        HttpResponse<String> preview =
                editor.upload("/calendars/shop/filled/import", "a.ics", ICS.getBytes(UTF_8), carried("filled"));
        assertThat(preview.statusCode()).isEqualTo(200);
        assertThat(preview.body())
                .contains("2027-01-01", "New Year &lt;b&gt;", "added", "followed up to that day")
                .contains("does not cover a whole day")
                .contains("action=\"/calendars/shop/filled/edit\"", "action=\"/calendars/shop/filled/import\"")
                .doesNotContain("Meeting</td>");
        assertThat(yard.find("shop", "filled").content().holidays()).hasSize(1);
        HttpResponse<String> form =
                editor.post("/calendars/shop/filled/edit", with(hidden(preview.body()), "action", "edit"));
        assertThat(form.body()).contains("2027-01-01 New Year &lt;b&gt;", "2027-05-01 May Day", "checked");
        editor.post("/calendars/shop/filled/edit", with(hidden(preview.body()), "action", "save"));
        assertThat(yard.find("shop", "filled").content().holidays().toString())
                .startsWith("{2027-01-01=New Year <b>, 2027-05-01=May Day, 2028-01-01=New Year <b>");
        assertThat(yard.find("shop", "filled").content().weekdays()).hasSize(7);
    }

    @Test
    void a_pasted_table_is_added_changed_or_there_already_and_days_change_sides() {
        yard.calendar("shop", "pasted", "2027-01-01 New Year\n2027-02-06 Rest\n2027-03-01 Old name");
        HttpResponse<String> preview = editor.upload(
                "/calendars/shop/pasted/import",
                "",
                NONE,
                carried(
                        "pasted",
                        "text",
                        "date;name;kind\n2027-01-01;New Year;\n2027-02-06;Work;working\n2027-03-01;Name;\n2027-04-01;More;"));
        assertThat(preview.body()).contains("3 days change", "one is there already", "Old name", "Work");
        String[] taken = with(hidden(preview.body()), "action", "save");
        editor.post("/calendars/shop/pasted/edit", taken);
        assertThat(yard.find("shop", "pasted").content().workdays()).hasSize(1);
        assertThat(yard.find("shop", "pasted").content().holidays().toString())
                .isEqualTo("{2027-01-01=New Year, 2027-03-01=Name, 2027-04-01=More}");
    }

    @Test
    void a_new_calendar_begins_with_a_file_and_keeps_what_its_form_held() {
        HttpResponse<String> ask = editor.post(
                "/calendars/import", "namespace", "shop", "name", "begun", "shared", "true", "weekday", "MONDAY");
        assertThat(ask.body())
                .contains("action=\"/calendars/import\"", "name=\"file\"", "enctype=\"multipart/form-data\"");
        HttpResponse<String> preview =
                editor.upload("/calendars/import", "b.csv", "2027-01-01,a".getBytes(UTF_8), hidden(ask.body()));
        assertThat(preview.body()).contains("Holidays will count as known until 2027-12-31");
        HttpResponse<String> form = editor.post("/calendars", with(hidden(preview.body()), "action", "edit"));
        assertThat(form.body()).contains("value=\"begun\"", "2027-01-01 a", "value=\"2027-12-31\"");
        assertThat(yard.find("shop", "begun")).isNull();
        editor.post("/calendars", hidden(preview.body()));
        assertThat(yard.find("shop", "begun").draft().shared()).isTrue();
        assertThat(yard.find("shop", "begun").content().weekdays()).hasSize(1);
        assertThat(editor.get("/calendars/import").statusCode()).isEqualTo(200);
        assertThat(editor.get("/calendars/shop/begun/import").statusCode()).isEqualTo(200);
    }

    @Test
    void what_cannot_be_read_is_told_at_its_field_with_its_line() {
        String path = "/calendars/import";
        assertThat(refused(path, "2027-01-01,a\n2027-02-30,b".getBytes(UTF_8)))
                .contains("line 2, column 1: “2027-02-30”");
        assertThat(refused(path, "2027-10-01,国庆".getBytes(Charset.forName("GBK"))))
                .contains("line 1", "is not UTF-8");
        assertThat(refused(path, "2027-01-01,\0".getBytes(UTF_8))).contains("line 1 has the character U+0000");
        assertThat(refused(path, NONE)).contains("choose an iCalendar or CSV file");
        assertThat(refused(path, new byte[(1 << 20) + 1])).contains("1 MiB is the most");
        assertThat(refused(path, NONE, "text", "BEGIN:VCALENDAR"))
                .contains("breaks off", ">BEGIN:VCALENDAR</textarea>");
        assertThat(refused(path, "2027-01-01,a".getBytes(UTF_8), "holidays", "never"))
                .contains("“never” is no date");
        assertThat(editor.upload(path, "x", new byte[3 << 20]).statusCode()).isEqualTo(413);
    }

    // S4
    @Test
    void a_file_without_the_sessions_token_is_refused() {
        for (String token : new String[] {"", "wrong"}) {
            assertThat(editor.upload(token, "/calendars/import", "b.csv", "2027-01-01,a".getBytes(UTF_8))
                            .statusCode())
                    .isEqualTo(403);
        }
        HttpResponse<String> broken = editor.send(editor.request("/calendars/import")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .header("Origin", editor.origin())
                .POST(BodyPublishers.ofString("no part at all"))
                .build());
        assertThat(broken.statusCode()).isBetween(400, 403);
    }

    private static String refused(String path, byte[] file, String... fields) {
        HttpResponse<String> answer = editor.upload(path, "a.csv", file, fields);
        assertThat(answer.statusCode()).isEqualTo(422);
        return answer.body();
    }

    private static String[] carried(String name, String... more) {
        List<String> fields = new ArrayList<>(
                List.of(hidden(editor.get("/calendars/shop/" + name + "/import").body())));
        fields.addAll(List.of(more));
        return fields.toArray(String[]::new);
    }

    /** The hidden fields of the first form of the page's content, but for the token. */
    private static String[] hidden(String page) {
        String content = page.substring(page.indexOf("id=\"main\""));
        String form = content.substring(content.indexOf("<form"), content.indexOf("</form>"));
        List<String> fields = new ArrayList<>();
        Matcher field = HIDDEN.matcher(form);
        while (field.find()) {
            if (!field.group(1).equals("csrf")) {
                fields.add(field.group(1));
                fields.add(field.group(2)
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&quot;", "\"")
                        .replace("&amp;", "&"));
            }
        }
        return fields.toArray(String[]::new);
    }

    private static String[] with(String[] fields, String name, String value) {
        List<String> more = new ArrayList<>(List.of(fields));
        more.add(name);
        more.add(value);
        return more.toArray(String[]::new);
    }
}
