package io.yardmaster.web.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.web.run.Segment.Kind;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

// S10: nothing that a task prints acts on the page, the reader's eye or a terminal
final class OutputTextTest {
    @Test
    void plain_text_is_one_stretch() {
        assertThat(shown("one\ntwo\tthree\n")).isEqualTo("one\ntwo\tthree\n");
        OutputText text = new OutputText(TextStyle.PLAIN);
        text.add("one\ntwo".getBytes(UTF_8), true);
        assertThat(text.segments()).containsExactly(new Segment(Kind.TEXT, "", "one\ntwo"));
    }

    @Test
    void colours_become_classes_and_end_where_they_are_ended() {
        OutputText text = new OutputText(TextStyle.PLAIN);
        text.add("\u001b[1;31mred\u001b[0m plain \u001b[48;5;21;97mon blue\u001b[m".getBytes(UTF_8), true);
        assertThat(text.segments())
                .containsExactly(
                        new Segment(Kind.TEXT, "ansi-bold ansi-fg-1", "red"),
                        new Segment(Kind.TEXT, "", " plain "),
                        new Segment(Kind.TEXT, "ansi-fg-15 ansi-bg-12", "on blue"));
    }

    @ParameterizedTest
    @CsvSource({
        "1,ansi-bold",
        "3;4,ansi-italic ansi-underline",
        "1;22,''",
        "7;9,ansi-inverse ansi-struck",
        "32;39,''",
        "93;44,ansi-fg-11 ansi-bg-4",
        "107,ansi-bg-15",
        "38;5;9,ansi-fg-9",
        "38;2;255;0;0,ansi-fg-9",
        "38;2;90;90;90,ansi-fg-8",
        "38;5,''",
        "38;2;1,''",
        "38;5;999;1,ansi-bold",
        "8,''",
        "5,''",
        "99999999999999999999,''",
        "1;2;3;4;7;9,ansi-bold ansi-dim ansi-italic ansi-underline ansi-inverse ansi-struck"
    })
    void sgr_sequences_become_our_classes_alone(String parameters, String classes) {
        assertThat(TextStyle.PLAIN.after(parameters).classes()).isEqualTo(classes);
    }

    @Test
    void a_style_survives_the_way_through_the_browser_and_a_forged_one_is_plain() {
        TextStyle style = TextStyle.PLAIN.after("1;4;91;107");
        assertThat(TextStyle.of(style.code())).isEqualTo(style);
        for (String forged : new String[] {"", "zz", "-1", "ffff", "10000", "<b>", "7fffffff", "99999999999"}) {
            assertThat(TextStyle.of(forged)).as(forged).isEqualTo(TextStyle.PLAIN);
        }
    }

    @Test
    void other_terminal_commands_are_dropped_and_links_and_titles_are_shown_as_text() {
        assertThat(shown("a\u001b[2J\u001b[?25lb\u001b[K")).isEqualTo("ab");
        assertThat(shown("\u001b]8;;javascript:x\u0007hi")).isEqualTo("␛]8;;javascript:x␇hi");
    }

    @Test
    void controls_and_direction_overrides_are_made_visible() {
        assertThat(shown("a\0b\u0007\u007f")).isEqualTo("a␀b␇␡");
        assertThat(shown("rm \u202efdp.exe\u2066")).isEqualTo("rm ⟨U+202E⟩fdp.exe⟨U+2066⟩");
        assertThat(shown("\u2028\u0085\ufeff")).isEqualTo("⟨U+2028⟩⟨U+0085⟩⟨U+FEFF⟩");
        assertThat(shown("10%\r20%\rdone\r\n")).isEqualTo("10%␍\n20%␍\ndone\n");
    }

    @Test
    void what_is_no_utf8_is_replaced_byte_by_byte() {
        byte[] bytes = {'a', (byte) 0xff, 'b', (byte) 0xc0, (byte) 0xaf, (byte) 0xed, (byte) 0xa0, (byte) 0x80, 'c'};
        OutputText text = new OutputText(TextStyle.PLAIN);
        assertThat(text.add(bytes, true)).isEqualTo(bytes.length);
        assertThat(joined(text)).isEqualTo("a\ufffdb\ufffd\ufffd\ufffd\ufffd\ufffdc");
    }

    @Test
    void a_character_or_sequence_cut_in_two_is_left_for_the_next_time() {
        byte[] euro = "x€".getBytes(UTF_8);
        assertThat(taken(java.util.Arrays.copyOf(euro, 3), false)).isEqualTo(1);
        assertThat(taken(java.util.Arrays.copyOf(euro, 3), true)).isEqualTo(3);
        assertThat(taken("x\u001b[3".getBytes(UTF_8), false)).isEqualTo(1);
        assertThat(taken("x\r".getBytes(UTF_8), false)).isEqualTo(1);
        assertThat(taken("x\u001b".getBytes(UTF_8), true)).isEqualTo(2);
    }

    @Test
    void any_cut_gives_the_same_text() {
        byte[] whole = "\u001b[1mh€llo \u001b[32m世界\u001b[0m\r\n🚂 done\rx".getBytes(UTF_8);
        String expected = shown(new String(whole, UTF_8));
        for (int cut = 0; cut <= whole.length; cut++) {
            OutputText text = new OutputText(TextStyle.PLAIN);
            int taken = text.add(java.util.Arrays.copyOf(whole, cut), false);
            text.add(java.util.Arrays.copyOfRange(whole, taken, whole.length), true);
            assertThat(joined(text)).as("cut at " + cut).isEqualTo(expected);
        }
    }

    @Test
    void random_bytes_are_all_taken_and_leave_nothing_that_acts() {
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            OutputText text = new OutputText(TextStyle.PLAIN);
            assertThat(text.add(bytes, true)).isEqualTo(bytes.length);
            assertThat(joined(text).codePoints())
                    .noneMatch(point -> point != '\n' && point != '\t' && Unseen.contains(point));
            assertThat(text.segments()).allMatch(segment -> segment.classes().matches("[a-z0-9 -]*"));
        }
    }

    @Test
    void a_page_of_spite_stops_at_its_bound_and_says_where() {
        byte[] bytes = "a\u0001".repeat(100_000).getBytes(UTF_8);
        OutputText text = new OutputText(TextStyle.PLAIN);
        int taken = text.add(bytes, true);
        assertThat(text.segments().size()).isBetween(OutputText.MOST_SEGMENTS, OutputText.MOST_SEGMENTS + 1);
        assertThat(taken).isBetween(OutputText.MOST_SEGMENTS, OutputText.MOST_SEGMENTS + 1);
    }

    @Test
    void names_and_messages_keep_their_form_when_there_is_nothing_to_show() {
        String name = "nightly <b>";
        assertThat(Unseen.shown(name)).isSameAs(name);
        assertThat(Unseen.shown("a\u202eb\u0000")).isEqualTo("a⟨U+202E⟩b␀");
    }

    private static int taken(byte[] bytes, boolean last) {
        return new OutputText(TextStyle.PLAIN).add(bytes, last);
    }

    private static String shown(String printed) {
        OutputText text = new OutputText(TextStyle.PLAIN);
        text.add(printed.getBytes(UTF_8), true);
        return joined(text);
    }

    private static String joined(OutputText text) {
        return text.segments().stream().map(Segment::text).collect(Collectors.joining());
    }
}
