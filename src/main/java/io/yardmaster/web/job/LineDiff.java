package io.yardmaster.web.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What differs between two texts, line by line, as the longest common run of lines leaves it. */
public final class LineDiff {
    /** Comparisons at most; beyond it what lies between the equal ends is shown as replaced. */
    private static final long MOST_CELLS = 4_000_000;

    private static final int CONTEXT = 3;
    /** Lines that are shown: as many as somebody may read, and no page that takes long to make. */
    static final int MOST_SHOWN = 5_000;

    private final String[] before;
    private final String[] after;
    private final List<Line> lines = new ArrayList<>();

    /** What became of a line. */
    public enum Change {
        SAME,
        REMOVED,
        ADDED,
        /** Stands for lines that are the same and left out. */
        FOLDED,
        /** Stands for all that comes after, changed or not. */
        LEFT_OUT;

        /** As the page's styles call it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * @param before number of the line in the older text, from 1; null if it is not there
     * @param after number of the line in the newer text; null likewise
     * @param text the line; of what stands for others, how many they are
     */
    public record Line(Change change, Integer before, Integer after, String text) {}

    private LineDiff(String before, String after) {
        this.before = before.split("\n", -1);
        this.after = after.split("\n", -1);
    }

    /**
     * Lines that differ with {@value #CONTEXT} equal ones around them, {@value #MOST_SHOWN} at most; empty if the texts are
     * equal.
     */
    static List<Line> between(String before, String after) {
        return before.equals(after) ? List.of() : shown(folded(new LineDiff(before, after).all()));
    }

    private static List<Line> shown(List<Line> lines) {
        if (lines.size() <= MOST_SHOWN) {
            return lines;
        }
        List<Line> shown = new ArrayList<>(lines.subList(0, MOST_SHOWN));
        shown.add(new Line(Change.LEFT_OUT, null, null, Integer.toString(lines.size() - MOST_SHOWN)));
        return shown;
    }

    private List<Line> all() {
        int head = 0;
        while (head < Math.min(before.length, after.length) && before[head].equals(after[head])) {
            head++;
        }
        int tail = 0;
        while (tail < Math.min(before.length, after.length) - head
                && before[before.length - 1 - tail].equals(after[after.length - 1 - tail])) {
            tail++;
        }
        for (int i = 0; i < head; i++) {
            same(i, i);
        }
        middle(head, before.length - tail, after.length - tail);
        for (int i = tail; i > 0; i--) {
            same(before.length - i, after.length - i);
        }
        return lines;
    }

    private void middle(int head, int endBefore, int endAfter) {
        int rows = endBefore - head;
        int columns = endAfter - head;
        int[][] common = (long) rows * columns > MOST_CELLS ? null : common(head, rows, columns);
        int i = 0;
        int j = 0;
        while (i < rows || j < columns) {
            if (common != null && i < rows && j < columns && before[head + i].equals(after[head + j])) {
                same(head + i++, head + j++);
            } else if (i < rows && (common == null || j == columns || common[i + 1][j] >= common[i][j + 1])) {
                lines.add(new Line(Change.REMOVED, head + i + 1, null, before[head + i++]));
            } else {
                lines.add(new Line(Change.ADDED, null, head + j + 1, after[head + j++]));
            }
        }
    }

    /** For each pair of places, how many lines the rests have in common. */
    private int[][] common(int head, int rows, int columns) {
        int[][] common = new int[rows + 1][columns + 1];
        for (int i = rows - 1; i >= 0; i--) {
            for (int j = columns - 1; j >= 0; j--) {
                common[i][j] = Objects.equals(before[head + i], after[head + j])
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }

    private void same(int inBefore, int inAfter) {
        lines.add(new Line(Change.SAME, inBefore + 1, inAfter + 1, after[inAfter]));
    }

    private static List<Line> folded(List<Line> all) {
        boolean[] kept = new boolean[all.size()];
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).change() != Change.SAME) {
                for (int near = Math.max(0, i - CONTEXT); near <= Math.min(all.size() - 1, i + CONTEXT); near++) {
                    kept[near] = true;
                }
            }
        }
        List<Line> shown = new ArrayList<>();
        int left = 0;
        for (int i = 0; i <= all.size(); i++) {
            boolean keep = i == all.size() || kept[i];
            if (keep && left > 0) {
                shown.add(new Line(Change.FOLDED, null, null, Integer.toString(left)));
            }
            left = keep ? 0 : left + 1;
            if (keep && i < all.size()) {
                shown.add(all.get(i));
            }
        }
        return shown;
    }
}
