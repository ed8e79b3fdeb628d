package io.yardmaster.web;

import java.util.Collection;

/** Finds the word that somebody probably meant. */
public final class Nearest {
    private static final int LONGEST = 40;

    private Nearest() {}

    /** The one of {@code words} with the fewest letters to change; null if none is near. */
    public static String to(String typed, Collection<String> words) {
        String nearest = null;
        // at least one letter must be right, or any short word would be near
        int least = Math.min(typed.length(), Math.max(2, typed.length() / 3) + 1);
        if (typed.length() > LONGEST) {
            return null;
        }
        for (String word : words.stream().sorted().toList()) {
            int distance = distance(typed, word);
            if (distance < least) {
                least = distance;
                nearest = word;
            }
        }
        return nearest;
    }

    /** Levenshtein's: letters to insert, delete or replace; a letter in the wrong case counts as right. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int i = 0; i <= other.length(); i++) {
            row[i] = i;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                boolean same = Character.toUpperCase(one.charAt(i - 1)) == Character.toUpperCase(other.charAt(j - 1));
                int replaced = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
