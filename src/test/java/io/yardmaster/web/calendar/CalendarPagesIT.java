package io.yardmaster.web.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.PostgresExtension;
import io.yardmaster.security.Role;
import io.yardmaster.timetable.CalendarRule;
import io.yardmaster.web.Browser;
import io.yardmaster.web.job.JobYard;
import java.io.IOException;
import java.io.Reader;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CalendarPagesIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = JobYard.postgres();

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

    @Test
    void a_calendar_is_made_and_shown_by_year() {
        HttpResponse<String> shown = editor.submit(
                "/calendars",
                "namespace",
                "shop",
                "name",
                "bank",
                "description",
                "<b>Bank</b> days",
                "weekday",
                "MONDAY",
                "weekday",
                "FRIDAY",
                "knownThrough",
                "2027-12-31",
                "holidays",
                "2027-01-01 New <Year>\r\n\r\n2027-05-03, May Day",
                "workdays",
                "2027-02-06\tMade up",
                "blackout.from",
                "22:00",
                "blackout.to",
                "02:00",
                "blackout.from",
                "",
                "blackout.to",
                "");
        assertThat(shown.body())
                .contains(
                        "The calendar bank was created.",
                        "&lt;b&gt;Bank&lt;/b&gt; days",
                        "22:00–02:00",
                        "past midnight");
        HttpResponse<String> year = editor.get("/calendars/shop/bank?year=2027");
        assertThat(year.body())
                .contains("New &lt;Year&gt;", "May Day", "Made up", "2026", "2027: 104 working days", "January")
                .contains("href=\"/calendars/shop/bank?year=2026\"", "href=\"/calendars/shop/bank/edit\"");
        assertThat(year.body()).contains("class=\"working\"").doesNotContain("working unknown");
        assertThat(editor.get("/calendars/shop/bank?year=2028").body())
                .contains("class=\"working unknown\"", "No holiday and no make-up working day");
        assertThat(editor.get("/calendars/shop/bank?year=99999&version=77").statusCode())
                .isEqualTo(200);
        assertThat(editor.get("/calendars/shop/bank/edit").body())
                .contains("2027-01-01 New &lt;Year&gt;\n2027-05-03 May Day", "value=\"22:00\"", "value=\"02:00\"");
    }

    @ParameterizedTest
    @CsvSource({
        "name, No!, a name is 1 to 100",
        "weekday, BLUEDAY, at least one day of the week works",
        "knownThrough, soon, the last day for which holidays are known is a date",
        "holidays, '2027-01-01 a\n\n2027-02-30 b', line 3: “2027-02-30” is no date",
        "holidays, '2027-01-01 a\n2027-01-01 b', line 2: 2027-01-01 is there twice",
        "workdays, 2099-01-01 x, 2099-01-01 is not from 1970-01-01 to",
        "blackout.from, 25:00, a blackout window goes from one time of day to another"
    })
    void a_bad_field_is_told_in_its_place_and_nothing_is_stored(String field, String typed, String told) {
        HttpResponse<String> answer = editor.post("/calendars", yard.fields("shop", "bad", "", field, typed));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains(told);
        assertThat(yard.find("shop", "bad")).isNull();
    }

    // R11: an edit shows which coming fires change before it is saved
    @Test
    void what_changes_is_shown_before_it_is_stored() {
        yard.calendar("shop", "reviewed", "");
        yard.follow("shop", "nightly", yard.find("shop", "reviewed"), CalendarRule.SKIP);
        yard.follow("shop", "moved", yard.find("shop", "reviewed"), CalendarRule.NEXT);
        LocalDate day = yard.today().plusDays(3);
        String[] fields = yard.fields("shop", "reviewed", day + " Feast", "version", "0");
        HttpResponse<String> review = editor.post("/calendars/shop/reviewed/edit", fields);
        assertThat(review.statusCode()).isEqualTo(200);
        assertThat(review.body())
                .contains("shop/nightly (daily)", "shop/moved (daily)", day + " 12:00:00 UTC", "left out", "Feast")
                .contains(day.plusDays(1) + " 12:00:00 UTC", "One named day changes", "value=\"" + day + " Feast\"");
        assertThat(yard.find("shop", "reviewed").content().holidays()).isEmpty();

        assertThat(review.body()).contains("action=\"/calendars/shop/reviewed/edit\"");
        HttpResponse<String> back = editor.post("/calendars/shop/reviewed/edit", with(fields, "action", "edit"));
        assertThat(back.body())
                .contains(day + " Feast</textarea>", "action=\"/calendars/shop/reviewed/edit\"")
                .contains("formaction=\"/calendars/shop/reviewed/import\"", "href=\"/calendars/shop/reviewed\"");
        HttpResponse<String> saved = editor.submit("/calendars/shop/reviewed/edit", with(fields, "action", "save"));
        assertThat(saved.body()).contains("The calendar reviewed was saved.", "Version 1", "Version 0");
        assertThat(yard.find("shop", "reviewed").content().holidays()).containsKey(day);
        assertThat(editor.get("/calendars/shop/reviewed?version=0").body())
                .contains("This is version 0; version 1 holds now.");
    }

    @Test
    void a_change_that_moves_nothing_says_so() {
        yard.calendar("shop", "calm", "");
        HttpResponse<String> unused =
                editor.post("/calendars/shop/calm/edit", yard.fields("shop", "calm", "", "version", "0"));
        assertThat(unused.body()).contains("No schedule follows this calendar", "No named day changes.");
        yard.follow("shop", "calm-job", yard.find("shop", "calm"), CalendarRule.SKIP);
        String far = yard.today().plusYears(1) + " Far";
        assertThat(editor.post("/calendars/shop/calm/edit", yard.fields("shop", "calm", far, "version", "0"))
                        .body())
                .contains("none of their fires changes in the next 30 days");
    }

    @Test
    void a_lost_update_is_told_and_nothing_typed_is_lost() {
        yard.calendar("shop", "contested", "");
        String[] fields = yard.fields("shop", "contested", "2030-01-01 Mine", "version", "0", "action", "save");
        assertThat(editor.post("/calendars/shop/contested/edit", fields).statusCode())
                .isEqualTo(303);
        HttpResponse<String> refused = editor.post(
                "/calendars/shop/contested/edit",
                yard.fields("shop", "contested", "2030-01-02 Other", "version", "0", "action", "save"));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("Somebody changed this calendar", "2030-01-02 Other");
        assertThat(yard.find("shop", "contested").version()).isEqualTo(1);
    }

    // S2
    @Test
    void each_sees_and_changes_what_is_theirs() {
        yard.calendar("secret", "own", "");
        yard.calendar("secret", "open", "", "shared", "true");
        yard.follow("secret", "hush", yard.find("secret", "open"), CalendarRule.SKIP);
        Browser viewer = yard.server.signedIn("vi", "shop", Role.VIEWER);
        assertThat(viewer.get("/calendars").body()).contains(">open<").doesNotContain(">own<", "/calendars/new");
        assertThat(viewer.get("/calendars/secret/own").statusCode()).isEqualTo(404);
        assertThat(viewer.get("/calendars/secret/open").body())
                .contains("One schedule follows it", "One more, also of namespaces that you do not see")
                .doesNotContain("hush", "/edit\"");
        for (String page : new String[] {"/calendars/new", "/calendars/import"}) {
            assertThat(viewer.get(page).statusCode()).as(page).isEqualTo(403);
        }
        for (String page : new String[] {"edit", "import", "archive"}) {
            assertThat(viewer.get("/calendars/secret/open/" + page).statusCode())
                    .as(page)
                    .isEqualTo(404);
        }
        Browser other = yard.server.signedIn("shop-ed", "shop", Role.EDITOR);
        other.get("/calendars");
        assertThat(other.post("/calendars", yard.fields("secret", "mine", "")).body())
                .contains("you may make calendars in shop only");
        assertThat(other.post("/calendars/secret/open/edit", yard.fields("secret", "open", "", "version", "0"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void schedules_that_one_may_not_see_are_counted_and_not_named() {
        yard.calendar("common", "used", "", "shared", "true");
        yard.follow("hidden", "hush", yard.find("common", "used"), CalendarRule.SKIP);
        Browser mine = yard.server.signedIn("common-ed", "common", Role.EDITOR);
        mine.get("/calendars");
        String day = yard.today().plusDays(2) + " Feast";
        assertThat(mine.post(
                                "/calendars/common/used/edit",
                                yard.fields("common", "used", day, "version", "0", "shared", "true"))
                        .body())
                .contains("One schedule of another namespace")
                .doesNotContain("hush");
        assertThat(mine.submit("/calendars/common/used/archive", "version", "0").body())
                .contains("One schedule follows this calendar; let it follow another first")
                .doesNotContain("hush");
        String unshare = mine.post(
                        "/calendars/common/used/edit",
                        yard.fields("common", "used", "", "version", "0", "action", "save"))
                .body();
        assertThat(unshare)
                .contains("it stays shared until they follow another")
                .doesNotContain("hush");
    }

    @Test
    void a_calendar_in_use_is_not_archived_and_says_by_whom() {
        yard.calendar("shop", "kept", "");
        yard.follow("shop", "keeper", yard.find("shop", "kept"), CalendarRule.PREVIOUS);
        assertThat(editor.get("/calendars/shop/kept/archive").body())
                .contains("shop/keeper (daily)")
                .doesNotContain("btn-danger");
        HttpResponse<String> refused = editor.post("/calendars/shop/kept/archive", "version", "0");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("shop/keeper (daily)");
        yard.calendar("shop", "spare", "");
        assertThat(editor.submit("/calendars/shop/spare/archive", "version", "0")
                        .body())
                .contains("The calendar spare was archived.");
        assertThat(yard.find("shop", "spare")).isNull();
    }

    // R11
    @Test
    void a_calendar_in_use_warns_sixty_days_before_its_holidays_run_out() {
        for (String[] one : new String[][] {{"soon", "60"}, {"later", "61"}, {"past", "-1"}, {"unused", "5"}}) {
            String known = yard.today().plusDays(Long.parseLong(one[1])).toString();
            yard.calendar("expiry", one[0], "", "knownThrough", known);
            if (!one[0].equals("unused")) {
                yard.follow("expiry", "job-" + one[0], yard.find("expiry", one[0]), CalendarRule.SKIP);
            }
        }
        Browser viewer = yard.server.signedIn("ex", "expiry", Role.VIEWER);
        String list = viewer.get("/calendars").body();
        String warning = list.substring(list.indexOf("note warn"), list.indexOf("role=\"search\""));
        assertThat(warning)
                .contains("The holidays of 2 calendars in use run out", "expiry/soon", "expiry/past")
                .doesNotContain("expiry/later", "expiry/unused");
        assertThat(viewer.get("/calendars/expiry/past").body()).contains("Since then only the days of the week count");
        assertThat(viewer.get("/calendars/expiry/later").body()).doesNotContain("note warn");
    }

    @Test
    void calendars_are_found_by_name_and_description_page_by_page() {
        for (int i = 0; i < 51; i++) {
            yard.calendar("many", "c%02d".formatted(i), "", "description", "Pagoda");
        }
        String first = editor.get("/calendars?q=pAgoDa").body();
        assertThat(first).contains(">c49<", "after=many%2Fc49").doesNotContain(">c50<");
        assertThat(editor.get("/calendars?q=pAgoDa&after=many%2Fc49").body())
                .contains(">c50<")
                .doesNotContain(">c49<");
        assertThat(editor.get("/calendars?q=%25%00nothing").body()).contains("No calendar found");
        Browser newcomer = yard.server.signedIn("new", "empty", Role.EDITOR);
        assertThat(newcomer.get("/calendars?q=pagoda").body()).contains("No calendar found");
    }

    @Test
    void pages_speak_chinese() {
        yard.calendar("shop", "chinese", "2027-10-01 国庆节");
        String shown = editor.send(editor.request("/calendars/shop/chinese?year=2027")
                        .header("Accept-Language", "zh-CN")
                        .build())
                .body();
        assertThat(shown).contains("国庆节", "节假日已知至", "十月", "星期一");
        HttpResponse<String> refused = chinese("/calendars", "namespace", "shop", "name", "x", "holidays", "1.1.2027");
        assertThat(refused.body()).contains("第 1 行：“1.1.2027”不是日期").doesNotContain("is no date");
    }

    @Test
    void no_page_of_calendars_says_anything_in_english_to_who_reads_chinese() throws IOException {
        yard.calendar("shop", "spoken", "2027-10-01 国庆节");
        yard.follow("shop", "told", yard.find("shop", "spoken"), CalendarRule.NEXT);
        String there = "/calendars/shop/spoken";
        List<HttpResponse<String>> pages = new ArrayList<>();
        for (String path : List.of(
                "/calendars",
                "/calendars/new",
                "/calendars/import",
                there,
                there + "/edit",
                there + "/import",
                there + "/archive")) {
            pages.add(editor.get(path, "Accept-Language", "zh-CN"));
        }
        pages.add(chinese(
                there + "/edit", yard.fields("shop", "spoken", yard.today().plusDays(3) + " x", "version", "0")));
        pages.add(chinese("/calendars", "name", ""));
        Properties english = words("messages.properties");
        Properties translated = words("messages_zh_CN.properties");
        for (HttpResponse<String> page : pages) {
            assertThat(page.body())
                    .as(page.uri().toString())
                    .contains("lang=\"zh-CN\"")
                    .contains("日历");
            english.forEach((key, words) -> {
                String said = words.toString();
                if (said.length() >= 10 && !said.contains("{") && !said.equals(translated.get(key))) {
                    assertThat(page.body())
                            .as("%s: %s", page.uri(), key)
                            .doesNotContain(">" + said, "\"" + said + "\"");
                }
            });
        }
    }

    private static HttpResponse<String> chinese(String path, String... fields) {
        StringBuilder form = new StringBuilder("csrf=" + editor.token());
        for (int i = 0; i < fields.length; i += 2) {
            form.append('&')
                    .append(fields[i])
                    .append('=')
                    .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return editor.send(editor.request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", editor.origin())
                .header("Accept-Language", "zh-CN")
                .POST(BodyPublishers.ofString(form.toString()))
                .build());
    }

    private static Properties words(String file) throws IOException {
        Properties words = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of("src/main/resources", file))) {
            words.load(in);
        }
        return words;
    }

    private static String[] with(String[] fields, String name, String value) {
        String[] more = Arrays.copyOf(fields, fields.length + 2);
        more[fields.length] = name;
        more[fields.length + 1] = value;
        return more;
    }
}
