package io.yardmaster.web.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LineDiffTest {
    @Test
    void equal_texts_differ_in_nothing() {
        assertThat(LineDiff.between("a\nb", "a\nb")).isEmpty();
    }

    @Test
    void a_changed_line_is_removed_and_added_between_those_that_stay() {
        assertThat(signs("a\nb\nc", "a\nB\nc")).containsExactly(" a", "-b", "+B", " c");
    }

    @Test
    void a_moved_line_leaves_the_others_where_they_are() {
        assertThat(signs("a\nb\nc\nd", "b\nc\nd\na")).containsExactly("-a", " b", " c", " d", "+a");
    }

    @Test
    void what_is_far_from_a_change_is_folded() {
        String before = numbers(1, 20);
        assertThat(signs(before, before.replace("\n10\n", "\nten\n")))
                .containsExactly("~6", " 7", " 8", " 9", "-10", "+ten", " 11", " 12", " 13", "~7");
    }

    @Test
    void each_line_knows_its_number_in_both_texts() {
        assertThat(LineDiff.between("a\nb", "x\na\nb"))
                .containsExactly(
                        new LineDiff.Line(LineDiff.Change.ADDED, null, 1, "x"),
                        new LineDiff.Line(LineDiff.Change.SAME, 1, 2, "a"),
                        new LineDiff.Line(LineDiff.Change.SAME, 2, 3, "b"));
    }

    @Test
    void texts_too_long_to_compare_are_shown_as_replaced_between_their_equal_ends() {
        String before = "first\n" + numbers(1, 2_100) + "\nlast";
        String after = "first\n" + numbers(4_000, 6_000) + "\nlast";
        List<LineDiff.Line> shown = LineDiff.between(before, after);
        assertThat(shown.get(0).text()).isEqualTo("first");
        assertThat(shown.get(shown.size() - 1).text()).isEqualTo("last");
        assertThat(shown).hasSize(2 + 2_100 + 2_001);
    }

    // S19: two texts of the most lines there can be would cost their page ten seconds
    @Test
    void more_lines_than_anybody_reads_are_counted_not_shown() {
        List<LineDiff.Line> shown = LineDiff.between(numbers(1, 30_000), numbers(40_000, 70_000));
        assertThat(shown).hasSize(LineDiff.MOST_SHOWN + 1);
        assertThat(shown.get(LineDiff.MOST_SHOWN))
                .isEqualTo(new LineDiff.Line(LineDiff.Change.LEFT_OUT, null, null, "55001"));
    }

    private static String numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).collect(Collectors.joining("\n"));
    }

    private static List<String> signs(String before, String after) {
        return LineDiff.between(before, after).stream()
                .map(line -> switch (line.change()) {
                            case SAME -> " ";
                            case REMOVED -> "-";
                            case ADDED -> "+";
                            case FOLDED -> "~";
                            case LEFT_OUT -> "…";
                        }
                        + line.text())
                .toList();
    }
}
