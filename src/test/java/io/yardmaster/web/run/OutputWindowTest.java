package io.yardmaster.web.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.output.OutputPage;
import io.yardmaster.output.OutputPiece;
import io.yardmaster.output.OutputPiece.Gap;
import io.yardmaster.output.OutputPiece.Printed;
import io.yardmaster.output.OutputPiece.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class OutputWindowTest {
    @Test
    void a_character_cut_where_two_chunks_meet_is_whole() {
        byte[] euro = "€".getBytes(UTF_8);
        OutputWindow window = window(
                OutputWish.after(0, 3, true),
                3,
                new Printed(0, Arrays.copyOf(euro, 1)),
                new Printed(1, Arrays.copyOfRange(euro, 1, 3)));
        assertThat(text(window)).isEqualTo("€");
        assertThat(window.next()).isEqualTo(3);
    }

    @Test
    void a_character_that_has_not_arrived_whole_is_left_for_the_next_page() {
        OutputWindow window = window(OutputWish.after(0, 2, false), 2, new Printed(0, new byte[] {'x', (byte) 0xe2}));
        assertThat(text(window)).isEqualTo("x");
        assertThat(window.next()).isEqualTo(1);
        assertThat(window.hasLater()).isTrue();
    }

    @Test
    void a_page_from_anywhere_begins_with_a_whole_line() {
        OutputWish wish = OutputWish.before(1_000_000);
        OutputWindow window = window(wish, 2_000_000, new Printed(wish.from(), "lf\nwhole\n".getBytes(UTF_8)));
        assertThat(text(window)).isEqualTo("whole\n");
        assertThat(window.from()).isEqualTo(wish.from() + 3);
    }

    @Test
    void the_page_before_another_ends_where_that_begins() {
        OutputWindow window = window(
                OutputWish.before(8),
                20,
                new Printed(0, "abc".getBytes(UTF_8)),
                new Gap(3, 2, Reason.LEFT_OUT),
                new Printed(5, "defghi".getBytes(UTF_8)));
        assertThat(text(window)).isEqualTo("abc2def");
        assertThat(window.next()).isEqualTo(8);
    }

    @Test
    void the_length_of_a_gap_is_told_only_if_it_is_known() {
        OutputWindow tail = window(
                OutputWish.tail(1_000_000, true),
                1_000_000,
                new Gap(737_856, 262_140, Reason.LEFT_OUT),
                new Printed(999_996, "end\n".getBytes(UTF_8)));
        assertThat(tail.segments()).first().isEqualTo(Segment.gap(0));
    }

    @Test
    void an_output_of_nothing_is_empty() {
        assertThat(window(OutputWish.tail(0, false), 0).isEmpty()).isTrue();
    }

    private static OutputWindow window(OutputWish wish, long total, OutputPiece... pieces) {
        return OutputWindow.of(new OutputPage(wish.from(), List.of(pieces), total, total), wish, TextStyle.PLAIN);
    }

    private static String text(OutputWindow window) {
        return window.segments().stream().map(Segment::text).collect(Collectors.joining());
    }
}
