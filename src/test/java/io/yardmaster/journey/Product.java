package io.yardmaster.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import io.yardmaster.cluster.WarProcess;
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

    private final WarProcess process;
    private final URI setUp;

    private Product(WarProcess process, URI setUp) {
        this.process = process;
        this.setUp = setUp;
    }

    static Product start(Path directory) {
        WarProcess process = WarProcess.start(
                directory,
                "standalone",
                Map.of("YARDMASTER_DATA_DIRECTORY", directory.resolve("data").toString()),
                "--server.port=" + WarProcess.freePort());
        Matcher url = SET_UP.matcher("");
        await().atMost(Duration.ofMinutes(2)).until(() -> {
            assertThat(process.isAlive()).as(process::log).isTrue();
            return url.reset(process.log()).find();
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
        process.terminate();
        process.close();
    }
}
