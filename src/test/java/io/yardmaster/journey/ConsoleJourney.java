package io.yardmaster.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.yardmaster.cluster.WarProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final Pattern SET_UP = Pattern.compile("http://\\S+/set-up\\?code=\\S+");
    private static final String PASSWORD = "seven grey signal lamps";
    private static final String SCRIPT =
            "n=1; while [ $n -le 8 ]; do echo \"signal $n for $WHOM\"; n=$((n+1)); sleep 0.4; done";

    @TempDir
    static Path directory;

    private static WarProcess product;
    private static Browser browser;
    private static Page page;
    private static String home;

    @BeforeAll
    static void start() {
        assumeTrue(
                Browser.isInstalled() || Browser.isDemanded(), "Chromium is not installed: apt-get install chromium");
        product = WarProcess.start(
                directory,
                "standalone",
                Map.of("YARDMASTER_DATA_DIRECTORY", directory.resolve("data").toString()),
                "--server.port=" + WarProcess.freePort());
        Matcher url = SET_UP.matcher("");
        await().atMost(Duration.ofMinutes(2)).until(() -> {
            assertThat(product.isAlive()).as(product::log).isTrue();
            return url.reset(product.log()).find();
        });
        URI setUp = URI.create(url.group());
        home = setUp.getScheme() + "://" + setUp.getAuthority();
        browser = Browser.desktop();
        page = browser.page();
        page.navigate(setUp.toString());
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (product != null) {
            product.terminate();
            product.close();
        }
    }

    @Test
    @Order(1)
    void the_first_account_is_made_with_the_code_that_the_start_printed() {
        Browser.look(page, "set-up");
        page.fill("[name=name]", "ada");
        page.fill("[name=password]", PASSWORD);
        page.click("button[type=submit]");
        page.waitForURL(url -> !url.contains("set-up"));
        if (page.url().contains("sign-in")) {
            page.fill("[name=name]", "ada");
            page.fill("[name=password]", PASSWORD);
            page.click("button[type=submit]");
        }
        page.waitForURL(home + "/");
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
        await().atMost(Duration.ofSeconds(60))
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
        await().atMost(Duration.ofSeconds(60))
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
    void every_page_is_there_in_light_and_dark_on_a_desk_and_on_a_phone() {
        tour(browser, "desk-light");
        try (Browser dark = new Browser(ColorScheme.DARK, 1280, 900, true);
                Browser phone = new Browser(ColorScheme.LIGHT, 390, 844, false)) {
            dark.context().addCookies(browser.context().cookies());
            phone.context().addCookies(browser.context().cookies());
            tour(dark, "desk-dark");
            tour(phone, "phone");
            dark.assertNoComplaints();
            phone.assertNoComplaints();
        }
    }

    @Test
    @Order(6)
    void the_browser_had_nothing_to_complain_of() {
        browser.assertNoComplaints();
    }

    private static void tour(Browser visitor, String name) {
        Page visit = visitor.page();
        List.of("/", "/jobs", "/jobs/default/signals", "/runs", "/queues", "/nodes", "/accounts", "/audit")
                .forEach(path -> {
                    assertThat(visit.navigate(home + path).status()).as(path).isEqualTo(200);
                    assertNoSidewaysScroll(visit, path);
                    Browser.look(visit, name + path.replace('/', '-'));
                });
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
