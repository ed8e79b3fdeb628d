package io.yardmaster.app;

import java.util.Collection;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The known name that was probably meant. */
final class Nearest {
    private static final int TOO_FAR = 4;

    private Nearest() {}

    /** {@code ": did you mean 'x'?"}, or nothing if no name is near. */
    static String of(String wrong, Collection<String> names) {
        return names.stream()
                .filter(name -> distance(wrong, name) < TOO_FAR)
                .min(Comparator.comparingInt(name -> distance(wrong, name)))
                .map(name -> ": did you mean '" + name + "'?")
                .orElse(": see yardmaster.properties for all names");
    }

    /** Levenshtein: how many letters to add, leave out or replace. */
    private static int distance(String one, String other) {
        int[] row = IntStream.rangeClosed(0, other.length()).toArray();
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
