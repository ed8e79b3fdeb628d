package io.yardmaster.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.output.OutputPiece.Gap;
import io.yardmaster.output.OutputPiece.Printed;
import io.yardmaster.output.OutputPiece.Reason;
import io.yardmaster.output.OutputSearch.Found;
import io.yardmaster.output.OutputSearch.Wish;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class OutputSearchTest {
    private static final int ANY = 1_000_000;

    private final AtomicLong nanos = new AtomicLong();
    private final OutputSearch search = new OutputSearch(nanos::get, Duration.ofSeconds(4));

    @Test
    void every_line_that_holds_the_text_is_found_however_the_output_is_cut() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            String text = text(random);
            String wanted = random.nextBoolean() ? "ab" : "aBba";
            boolean exactly = random.nextBoolean();
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            int cut = 1 + random.nextInt(700);
            Found found = search.search(at -> page(bytes, (int) at, cut), wish(wanted, exactly, 0, ANY));
            assertThat(found.isComplete()).isTrue();
            assertThat(found.matches().stream().map(OutputMatch::offset))
                    .as("%s in %s, cut each %d", wanted, text, cut)
                    .containsExactlyElementsOf(firstOfLines(text, wanted, exactly));
        }
    }

    @Test
    void what_stands_around_is_cut_between_characters() {
        byte[] bytes = ("€".repeat(300) + "needle" + "€".repeat(300)).getBytes(StandardCharsets.UTF_8);
        OutputMatch match = search.search(at -> page(bytes, (int) at, 400), wish("needle", true, 0, ANY))
                .matches()
                .get(0);
        assertThat(match.offset()).isEqualTo(900);
        assertThat(match.start() % 3).isZero();
        assertThat(new String(match.around(), StandardCharsets.UTF_8))
                .startsWith("€€")
                .contains("€needle€");
    }

    @Test
    void nothing_is_found_across_a_gap() {
        OutputPage page = new OutputPage(
                0,
                List.of(
                        new Printed(0, new byte[] {'n', 'e'}),
                        new Gap(2, 10, Reason.LEFT_OUT),
                        new Printed(12, new byte[] {'e', 'd'}),
                        new Printed(14, new byte[] {'n', 'e', 'e', 'd'})),
                18,
                18);
        assertThat(search.search(at -> page, wish("need", true, 0, ANY)).matches())
                .singleElement()
                .extracting(OutputMatch::offset)
                .isEqualTo(14L);
    }

    @Test
    void a_search_that_was_cut_short_goes_on_and_misses_nothing() {
        byte[] bytes = text(new Random(3)).repeat(20).getBytes(StandardCharsets.UTF_8);
        List<Long> all = offsets(search.search(at -> page(bytes, (int) at, 500), wish("ab", true, 0, ANY)));
        List<Long> inParts = new ArrayList<>();
        Found part = null;
        for (long from = 0; part == null || !part.isComplete(); from = part.next()) {
            part = search.search(
                    at -> {
                        nanos.addAndGet(Duration.ofSeconds(3).toNanos());
                        return page(bytes, (int) at, 500);
                    },
                    wish("ab", true, from, 3));
            assertThat(part.matches()).hasSizeLessThanOrEqualTo(3);
            inParts.addAll(offsets(part));
        }
        assertThat(inParts).isEqualTo(all).hasSizeGreaterThan(20);
    }

    private static List<Long> offsets(Found found) {
        return found.matches().stream().map(OutputMatch::offset).toList();
    }

    private static Wish wish(String text, boolean exactly, long from, int limit) {
        return new Wish(text.getBytes(StandardCharsets.UTF_8), exactly, from, limit);
    }

    /** Short lines of few letters, so that much nearly matches. */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(2000);
        for (int i = 0; i < length; i++) {
            text.append("abAB\n".charAt(random.nextInt(5)));
        }
        return text.toString();
    }

    private static OutputPage page(byte[] bytes, int from, int cut) {
        int until = Math.min(bytes.length, from + cut);
        List<OutputPiece> pieces =
                from < until ? List.of(new Printed(from, Arrays.copyOfRange(bytes, from, until))) : List.of();
        return new OutputPage(from, pieces, until, bytes.length);
    }

    private static List<Long> firstOfLines(String text, String wanted, boolean exactly) {
        List<Long> offsets = new ArrayList<>();
        String folded = exactly ? text : text.toLowerCase(java.util.Locale.ROOT);
        String needle = exactly ? wanted : wanted.toLowerCase(java.util.Locale.ROOT);
        int at = 0;
        for (String line : folded.split("\n", -1)) {
            int found = line.indexOf(needle);
            if (found >= 0) {
                offsets.add((long) at + found);
            }
            at += line.length() + 1;
        }
        return offsets;
    }
}
