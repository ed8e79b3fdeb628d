package io.yardmaster.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What axe-core finds on a page; it wants a page with scripts. */
final class Accessibility {
    private static final String AXE = axe();
    private static final String SERIOUS = """
            async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
              .filter((found) => found.impact === "serious" || found.impact === "critical")
              .map((found) => found.id + ": " + found.nodes.map((node) => node.html + " " + node.failureSummary).join("; "))
              .join("\\n")
            """;

    private Accessibility() {}

    static void assertNothingSerious(Page page) {
        page.evaluate(AXE);
        assertThat(page.evaluate(SERIOUS)).as(page.url()).isEqualTo("");
    }

    private static String axe() {
        try (InputStream script = Accessibility.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
