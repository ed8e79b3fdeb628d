package io.yardmaster.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does every day, in a Chromium that runs no script. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class NoScriptJourney {
    private static final String JOB = "/jobs/default/lamps";
    /** No page below it: Playwright looks for it anywhere in the address. */
    private static final Pattern RUN_PAGE = Pattern.compile("/runs/\\d+(\\?.*)?$");
    /** More than a page of the history holds. */
    private static final int RUNS = 55;

    @TempDir
    static Path directory;

    private static Product product;
    private static Browser browser;
    private static Page page;

    @BeforeAll
    static void start() {
        assumeTrue(
                Browser.isInstalled() || Browser.isDemanded(), "Chromium is not installed: apt-get install chromium");
        product = Product.start(directory);
        browser = new Browser(ColorScheme.LIGHT, 1280, 900, false);
        page = browser.page();
        page.navigate(product.setUp());
        product.becomeFirstAccount(page);
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
    void a_job_is_written_with_a_preview_and_with_more_rows() {
        go("/jobs/new");
        page.fill("[name=name]", "lamps");
        page.fill("[name='task.script']", "echo lamp $LAMP; sleep $SECONDS_LIT");
        page.fill("[name='schedule.cron']", "0 0 2 1 1 ? 2099");
        page.press("button[value=preview]", "Enter");
        assertThat(page.locator("#preview")).containsText("2099-01-01 02:00:00");
        parameter(0, "LAMP", "green");
        parameter(1, "SECONDS_LIT", "0");
        page.press("button[value=rows]", "Enter");
        parameter(2, "TRACK", "7");
        page.click(".form-end button[value=save]");
        assertThat(page).hasURL(product.home() + JOB);
        assertThat(page.locator("[role=status]")).containsText("lamps");
    }

    @Test
    @Order(2)
    void it_is_run_now_and_its_output_is_there() {
        go(JOB);
        page.click("form[action$='/lamps/run'] button");
        assertThat(page.locator("main")).containsText("A run of lamps was started.");
        lookUntil("pre.output", "lamp green");
    }

    @Test
    @Order(3)
    void a_run_is_cancelled_after_a_question() {
        go(JOB + "/run");
        parameter(1, "SECONDS_LIT", "600");
        page.click("main form .btn-primary");
        lookUntil("pre.output", "lamp");
        page.click("#run-actions a[href$='/cancel']");
        page.click("form[action$='/cancel'] .btn-danger");
        lookUntil(".facts", "Cancelled");
    }

    @Test
    @Order(4)
    void a_lost_update_is_shown_and_saved_only_on_purpose() {
        go(JOB + "/edit");
        Page other = browser.page();
        other.navigate(product.home() + JOB + "/edit");
        other.fill("[name=description]", "theirs");
        other.click(".form-end button[value=save]");
        // closing a page that is on its way to another may never return: it is waited for, and closed with the browser
        other.waitForURL(product.home() + JOB);
        page.fill("[name=description]", "mine");
        page.click(".form-end button[value=save]");
        assertThat(page.locator(".note.warn .diff .removed")).containsText("theirs");
        assertThat(page.locator(".note.warn .diff .added")).containsText("mine");
        page.click(".form-end button[value=save]");
        assertThat(page).hasURL(product.home() + JOB);
        assertThat(page.locator(".lead")).hasText("mine");
    }

    @Test
    @Order(5)
    void language_and_theme_are_chosen() {
        choose("zh-CN", "dark");
        assertThat(page.locator("html")).hasAttribute("lang", "zh-CN");
        assertThat(page.locator("html")).hasAttribute("data-bs-theme", "dark");
        assertThat(page.locator("h1")).hasText("个人设置");
        choose("en", "light");
        assertThat(page.locator("h1")).hasText("Profile");
    }

    @Test
    @Order(6)
    void the_history_is_filtered_and_paged() {
        go(JOB);
        String token = page.locator("form[action$='/lamps/run'] [name=csrf]").getAttribute("value");
        for (int made = 0; made < RUNS; made++) {
            int status = page.request()
                    .post(product.home() + JOB + "/run", form(token))
                    .status();
            assertThat(status).isEqualTo(303);
        }
        go("/runs");
        page.fill("[name=job]", "default/lamps");
        page.click(".state-menu summary");
        page.check("[name=state][value=CANCELLED]");
        page.click(".run-filters button[type=submit]");
        assertThat(page.locator("#runs tbody tr")).hasCount(1);
        page.click(".run-filters a.btn-link");
        page.click("#runs a[rel=next]");
        assertThat(page.locator("#runs tbody tr").first()).isVisible();
        page.click("#runs a[rel=prev]");
        assertThat(page.locator("#runs a[rel=next]")).isVisible();
    }

    @Test
    @Order(7)
    void it_is_archived_only_by_its_name() {
        go(JOB);
        page.click("main details.menu summary");
        page.click("main details.menu a[href$='/archive']");
        page.fill("[name=confirm]", "lamp");
        page.click("main form .btn-danger");
        assertThat(page.locator(".problem")).containsText("lamps");
        page.fill("[name=confirm]", "lamps");
        page.click("main form .btn-danger");
        assertThat(page).hasURL(product.home() + "/jobs");
        assertThat(page.locator("main a[href$='/default/lamps']")).hasCount(0);
    }

    @Test
    @Order(8)
    void holidays_are_imported_changed_with_a_look_ahead_and_archived() throws IOException {
        Path file = Files.writeString(
                directory.resolve("holidays.csv"), "date;name\n2037-01-01;New Year\n2037-05-01;May\n");
        go("/calendars");
        page.click("main a[href$='/calendars/import']");
        page.setInputFiles("[name=file]", file);
        page.click("main form .btn-primary");
        assertThat(page.locator("main table")).containsText("2037-05-01");
        page.click("button[value=edit]");
        page.fill("[name=name]", "bank");
        page.click(".form-end .btn-primary");
        assertThat(page).hasURL(product.home() + "/calendars/default/bank");
        page.click("a[href$='/default/bank/edit']");
        page.fill("[name=holidays]", "2037-01-01 New Year");
        page.click(".form-end .btn-primary");
        assertThat(page.locator("main")).containsText("One named day changes");
        page.click("button[value=save]");
        assertThat(page.locator("[role=status]")).containsText("bank");
        page.click("main a[href$='/archive'], .actions a[href$='/archive']");
        page.click("main form .btn-danger");
        assertThat(page).hasURL(product.home() + "/calendars");
        assertThat(page.locator("main a[href$='/default/bank']")).hasCount(0);
    }

    /** What the button sends; the page that the answer leads to is not waited for. */
    private static RequestOptions form(String token) {
        return RequestOptions.create()
                .setHeader("Origin", product.home())
                .setForm(FormData.create().set("csrf", token))
                .setMaxRedirects(0);
    }

    private static void go(String path) {
        page.navigate(product.home() + path);
    }

    private static void parameter(int row, String name, String value) {
        page.locator("[name='parameter.name']").nth(row).fill(name);
        page.locator("[name='parameter.value']").nth(row).fill(value);
    }

    private static void choose(String language, String theme) {
        go("/profile");
        page.selectOption("[name=language]", language);
        page.selectOption("[name=theme]", theme);
        page.click("form[action$='/profile'] button[type=submit]");
    }

    /**
     * Looks at the page of a run, to which what was clicked before leads, until it says {@code text}. A reload that crosses that
     * way may never return, so the page is waited for, and then gone to anew.
     */
    private static void lookUntil(String place, String text) {
        page.waitForURL(RUN_PAGE);
        await().pollInSameThread()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    page.navigate(page.url());
                    return page.locator(place).count() > 0
                            && page.locator(place).first().innerText().contains(text);
                });
    }
}
