package io.yardmaster.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import io.yardmaster.Program;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The product as its README starts it, on an empty directory. */
final class Product implements AutoCloseable {
    static final String ACCOUNT = "ada";
    private static final String PASSWORD = "seven grey signal lamps";
    private static final Pattern SET_UP = Pattern.compile("http://\\S+/set-up\\?code=\\S+");

    private final Program process;
    private final URI setUp;

    private Product(Program process, URI setUp) {
        this.process = process;
        this.setUp = setUp;
    }

    static Product start(Path directory) {
        Program process = Program.smallWar(
                directory,
                Map.of("YARDMASTER_DATA_DIRECTORY", directory.resolve("data").toString()),
                "--server.port=" + Program.freePort());
        Matcher url = SET_UP.matcher("");
        await().atMost(Duration.ofMinutes(2)).until(() -> {
            assertThat(process.isAlive()).as(process::output).isTrue();
            return url.reset(process.output()).find();
        });
        return new Product(process, URI.create(url.group()));
    }

    String home() {
        return setUp.getScheme() + "://" + setUp.getAuthority();
    }

    /** Where the first account is made. */
    String setUp() {
        return setUp.toString();
    }

    /** Makes the first account, from the set-up page, and signs in with it. */
    void becomeFirstAccount(Page page) {
        fillIn(page);
        page.waitForURL(url -> !url.contains("set-up"));
        fillIn(page);
        page.waitForURL(home() + "/");
    }

    private static void fillIn(Page page) {
        page.fill("[name=name]", ACCOUNT);
        page.fill("[name=password]", PASSWORD);
        page.click("main button[type=submit]");
    }

    @Override
    public void close() {
        try (process) {
            process.signal("TERM");
            process.awaitExit(Duration.ofMinutes(1));
        }
    }
}
