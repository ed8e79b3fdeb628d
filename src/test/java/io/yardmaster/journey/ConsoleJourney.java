package io.yardmaster.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does on the first day, in a real Chromium, on the product as it is started by its README. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ConsoleJourney {
    private static final List<String> PAGES = List.of(
            "/",
            "/jobs",
            "/jobs?q=nothing-like-it",
            "/jobs/new",
            "/jobs/default/signals",
            "/jobs/default/signals/edit",
            "/jobs/default/signals/run",
            "/jobs/default/signals/archive",
            "/jobs/default/signals/versions",
            "/jobs/default/signals/versions/1",
            "/jobs/default/signals/schedules/new",
            "/jobs/default/signals/backfill",
            "/backfills",
            "/runs",
            "/runs?state=FAILED",
            "/calendars",
            "/calendars?q=nothing-like-it",
            "/calendars/new",
            "/calendars/import",
            "/calendars/default/bank?year=2027",
            "/calendars/default/bank/edit",
            "/calendars/default/bank/import",
            "/calendars/default/bank/archive",
            "/queues",
            "/queues/new",
            "/queues/default/default",
            "/queues/default/default/edit",
            "/queues/default/default/archive",
            "/locks",
            "/locks/new",
            "/locks/default/tower",
            "/locks/default/tower/edit",
            "/locks/default/tower/archive",
            "/nodes",
            "/nodes/join",
            "/accounts",
            "/accounts/new",
            "/accounts/ada",
            "/accounts/ada/disable",
            "/profile",
            "/profile/tokens",
            "/audit",
            "/audit?subject=nothing-like-it");
    private static final String SCRIPT =
            "n=1; while [ $n -le 8 ]; do echo \"signal $n for $WHOM\"; n=$((n+1)); sleep 0.4; done";

    @TempDir
    static Path directory;

    private static Product product;
    private static Browser browser;
    private static Page page;
    private static String home;

    @BeforeAll
    static void start() {
        assumeTrue(
                Browser.isInstalled() || Browser.isDemanded(), "Chromium is not installed: apt-get install chromium");
        product = Product.start(directory);
        home = product.home();
        browser = Browser.desktop();
        page = browser.page();
        page.navigate(product.setUp());
    }

    @AfterAll
    static void stop() {
        // a browser that stands still fails here, and must not leave the product running
        try (Product running = product;
                Browser open = browser) {
            // both are closed, in whatever state they are
        }
    }

    @Test
    @Order(1)
    void the_first_account_is_made_with_the_code_that_the_start_printed() {
        Browser.look(page, "set-up");
        product.becomeFirstAccount(page);
        Browser.look(page, "dashboard-empty");
    }

    @Test
    @Order(2)
    void a_job_that_runs_every_five_seconds_fires_three_times() {
        page.navigate(home + "/jobs/new");
        page.fill("[name=namespace]", "default");
        page.fill("[name=name]", "signals");
        page.fill("[name='task.script']", SCRIPT);
        page.fill("[name='parameter.name'] >> nth=0", "WHOM");
        page.fill("[name='parameter.value'] >> nth=0", "<b>ada</b>");
        page.fill("[name='schedule.cron']", "0/5 * * * * ?");
        page.fill("[name='schedule.zone']", "Europe/Berlin");
        Browser.look(page, "job-new");
        page.click(".form-end button[value=save]");
        page.waitForURL(home + "/jobs/default/signals");
        await().pollInSameThread()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    page.navigate(home + "/runs?job=default/signals&state=SUCCEEDED");
                    return runs().count() >= 3;
                });
        page.navigate(home + "/jobs/default/signals");
        Browser.look(page, "job");
    }

    @Test
    @Order(3)
    void the_output_of_a_running_run_is_followed_live_and_is_never_markup() {
        await().pollInSameThread()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> {
                    page.navigate(home + "/runs?job=default/signals&state=RUNNING");
                    return runs().count() > 0;
                });
        runs().first().click();
        Locator output = page.locator(".output-box");
        assertThat(output).containsText("signal 8 for <b>ada</b>");
        assertThat(page.locator(".run-page")).containsText("Succeeded");
        assertThat(output.locator("b")).hasCount(0);
        Browser.look(page, "run");
    }

    @Test
    @Order(4)
    void a_disabled_job_stands_still_and_its_history_stays() {
        page.navigate(home + "/jobs/default/signals");
        page.click("details.menu:has(form[action$='/jobs/default/signals/disable']) > summary");
        page.click("form[action$='/jobs/default/signals/disable'] button");
        assertThat(page.locator("form[action$='/jobs/default/signals/enable']")).hasCount(1);
        page.navigate(home + "/runs?job=default/signals");
        assertThat(runs().first()).isVisible();
        Browser.look(page, "runs");
    }

    @Test
    @Order(5)
    void the_keyboard_reaches_the_content_the_search_and_the_dialogs() {
        page.navigate(home + "/jobs");
        page.keyboard().press("Tab");
        assertThat(page.locator(".skip")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("#main")).isFocused();
        page.keyboard().press("/");
        assertThat(page.locator("input[type=search]")).isFocused();
        page.navigate(home + "/accounts/" + Product.ACCOUNT);
        page.focus("[data-dialog=disable]");
        page.keyboard().press("Enter");
        assertThat(page.locator("dialog[open]")).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog[open]")).hasCount(0);
        assertThat(page.locator("[data-dialog=disable]")).isFocused();
        page.focus(".side .menu > summary");
        page.keyboard().press("Enter");
        assertThat(page.locator(".side .menu-body")).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.locator(".side .menu-body")).isHidden();
        assertThat(page.locator(".side .menu > summary")).isFocused();
    }

    // R1
    @Test
    @Order(6)
    void a_unix_cron_and_a_one_off_are_written_with_live_previews() {
        page.navigate(home + "/jobs/default/signals/schedules/new");
        assertThat(page.locator("[name='schedule.at']")).isHidden();
        page.fill("[name='schedule.name']", "working-days");
        page.selectOption("[name='schedule.dialect']", "unix");
        page.click("summary:has-text('Put it together')");
        page.selectOption("[name='schedule.build.every']", "WEEK");
        page.fill("[name='schedule.build.at']", "07:15");
        page.check("[name='schedule.build.weekday'][value=THU]");
        page.focus("button[value=build]");
        page.keyboard().press("Enter");
        assertThat(page.locator("[name='schedule.cron']")).hasValue("15 7 * * THU");
        assertThat(page.locator("#preview")).containsText("Thursday at 07:15");
        page.fill("[name='schedule.cron']", "15 7 * * 1-5");
        assertThat(page.locator("#preview")).containsText("Monday to Friday at 07:15");
        assertThat(page.locator("#preview li")).hasCount(10);
        Browser.look(page, "schedule-unix");
        page.click(".form-end button[value=save]");
        // the preview says the same
        page.waitForURL(home + "/jobs/default/signals");
        assertThat(page.locator("main")).containsText("Monday to Friday at 07:15");
        page.navigate(home + "/jobs/default/signals/schedules/new");
        page.fill("[name='schedule.name']", "leap-into-spring");
        page.locator("[name='schedule.kind'][value=ONCE]").check();
        assertThat(page.locator("[name='schedule.cron']")).isHidden();
        page.fill("[name='schedule.zone']", "Europe/Berlin");
        page.fill("[name='schedule.at']", "2037-03-29T02:30");
        assertThat(page.locator("#preview")).containsText("it runs when the gap ends");
        Browser.look(page, "schedule-once");
        page.click(".form-end button[value=save]");
        page.waitForURL(home + "/jobs/default/signals");
        assertThat(page.locator("main")).containsText("once, at 2037-03-29");
    }

    @Test
    @Order(7)
    void a_calendar_is_made_from_pasted_holidays() {
        page.navigate(home + "/calendars/import");
        page.fill("[name=text]", "2027-01-01,New Year\n2027-02-06,Made up,working");
        page.click("main form .btn-primary");
        page.click("button[value=edit]");
        page.fill("[name=name]", "bank");
        page.click(".form-end .btn-primary");
        page.waitForURL(home + "/calendars/default/bank");
        assertThat(page.locator("main")).containsText("Holidays known until");
        page.navigate(page.url() + "?year=2027");
        assertThat(page.locator(".named-days")).containsText("Made up");
    }

    // the third and fourth of January 2026 do not work
    @Test
    @Order(8)
    void a_backfill_by_a_calendar_is_previewed_as_one_types_and_runs_to_its_end() {
        page.navigate(home + "/jobs/default/signals/backfill");
        page.selectOption("[name=schedule]", "_own");
        page.fill("[name='timetable.expression']", "0 0 3 * * ?");
        page.fill("[name='timetable.zone']", "UTC");
        page.fill("[name=from]", "2026-01-02T12:00");
        page.fill("[name=until]", "2026-01-05T12:00");
        page.fill("[name=parallelism]", "3");
        assertThat(page.locator("#plan")).containsText("Start 3 runs");
        page.selectOption("[name='timetable.calendar']", "default/bank");
        assertThat(page.locator("#plan")).containsText("2 more are left out");
        page.selectOption("[name='timetable.calendarRule']", "NEXT");
        assertThat(page.locator("#plan")).containsText("Start 3 runs");
        Browser.look(page, "backfill-form");
        page.click("#plan button[value=start]");
        assertThat(page.locator("main")).containsText("on the working day after");
        assertThat(page.locator("#live"))
                .containsText("Finished", new LocatorAssertions.ContainsTextOptions().setTimeout(30_000));
        Browser.look(page, "backfill");
    }

    @Test
    @Order(9)
    void a_lock_is_made_and_two_runs_that_need_it_go_one_after_the_other() {
        page.navigate(home + "/locks/new");
        page.fill("[name=name]", "tower");
        page.fill("[name=owner]", "Signals");
        page.click("main form .btn-primary");
        page.waitForURL(home + "/locks/default/tower");
        page.navigate(home + "/jobs/new");
        page.fill("[name=name]", "climber");
        page.fill("[name='task.script']", "echo token $YARDMASTER_LOCK_TOWER_TOKEN; sleep 2");
        page.click("summary:has-text('Locks')");
        page.fill("[name=locks]", "tower");
        page.click(".form-end button[value=save]");
        page.waitForURL(home + "/jobs/default/climber");
        for (int run = 0; run < 2; run++) {
            page.navigate(home + "/jobs/default/climber/run");
            page.click("main form .btn-primary");
            page.waitForURL(url -> url.contains("/runs/"));
        }
        assertThat(page.locator(".output-box"))
                .containsText("token 2", new LocatorAssertions.ContainsTextOptions().setTimeout(30_000));
    }

    @Test
    @Order(10)
    void every_page_is_there_in_light_and_dark_on_a_desk_and_on_a_phone() {
        List<Cookie> cookies = browser.context().cookies();
        // each browser is spoken to by the thread that made it
        CompletableFuture<Void> others = CompletableFuture.runAsync(() -> {
            tourDark(cookies);
            tourOnPhone(cookies);
        });
        tour(browser, "desk-light", Accessibility::assertNothingSerious);
        others.join();
    }

    @Test
    @Order(11)
    void the_browser_had_nothing_to_complain_of() {
        browser.assertNoComplaints();
    }

    private static void tourDark(List<Cookie> cookies) {
        try (Browser dark = new Browser(ColorScheme.DARK, 1280, 900, true)) {
            dark.context().addCookies(cookies);
            tour(dark, "desk-dark", Accessibility::assertNothingSerious);
            dark.assertNoComplaints();
        }
    }

    private static void tourOnPhone(List<Cookie> cookies) {
        try (Browser phone = new Browser(ColorScheme.LIGHT, 390, 844, false)) {
            phone.context().addCookies(cookies);
            tour(phone, "phone", visit -> {});
            phone.assertNoComplaints();
        }
    }

    private static void tour(Browser visitor, String name, Consumer<Page> check) {
        Page visit = visitor.page();
        for (String path : PAGES) {
            assertThat(visit.navigate(home + path).status()).as(path).isEqualTo(200);
            assertNoSidewaysScroll(visit, path);
            check.accept(visit);
            Browser.look(visit, name + path.replaceAll("[/?=]", "-"));
        }
        visit.close();
    }

    private static void assertNoSidewaysScroll(Page visit, String path) {
        Locator body = visit.locator("body");
        double width = ((Number) body.evaluate("body => body.scrollWidth")).doubleValue();
        assertThat(width).as("width of " + path).isLessThanOrEqualTo(visit.viewportSize().width);
    }

    private static Locator runs() {
        return page.locator("main table tbody a[href*='/runs/']");
    }
}
