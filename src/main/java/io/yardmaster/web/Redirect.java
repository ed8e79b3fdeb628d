package io.yardmaster.web;

import java.util.List;

/**
 * Go and look there (303): the answer to every successful change.
 *
 * @param path of the console, beginning with {@code /}, without the context path; already encoded
 * @param flash key of a message to show there once; null for none
 * @param words the message's arguments
 */
public record Redirect(String path, String flash, List<String> words) implements View {
    public Redirect {
        if (!isPath(path)) {
            throw new IllegalArgumentException("not a path of this console: " + path);
        }
    }

    /** Whether {@code path} stays in this console: browsers take {@code //} and {@code /\} for another host. */
    public static boolean isPath(String path) {
        return path.matches("/([^/\\\\\\p{Cntrl}][^\\\\\\p{Cntrl}]*)?");
    }

    public static Redirect to(String path) {
        return new Redirect(path, null, List.of());
    }

    /** And says {@code key} with {@code arguments} there. */
    public Redirect saying(String key, Object... arguments) {
        return new Redirect(
                path,
                key,
                java.util.Arrays.stream(arguments).map(String::valueOf).toList());
    }
}
