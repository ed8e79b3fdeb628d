package io.yardmaster.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What a run needs of its node. A selector is a label, {@code key=value} or bare, or the key alone of a label with any
 * value.
 *
 * @param slots how many slots it takes, at least 1
 * @param must selectors that all have to match
 * @param prefer selectors of which as many as possible should match
 * @param avoid selectors of which none may match
 */
public record Need(int slots, List<String> must, List<String> prefer, List<String> avoid) {
    /** One slot anywhere. */
    public static final Need NONE = new Need(1, List.of(), List.of(), List.of());

    public Need {
        must = sorted(must);
        prefer = sorted(prefer);
        avoid = sorted(avoid);
    }

    /** Whether a node with these labels may be given the run. */
    public boolean fits(Set<String> labels) {
        return must.stream().allMatch(selector -> matches(selector, labels))
                && avoid.stream().noneMatch(selector -> matches(selector, labels));
    }

    /** How many of the preferences a node with these labels meets. */
    public int preference(Set<String> labels) {
        return (int)
                prefer.stream().filter(selector -> matches(selector, labels)).count();
    }

    /** As in {@code gpu, zone=a, !slow, slots ≥ 2}: the same in every language. */
    public String inWords() {
        List<String> words = new ArrayList<>(must);
        avoid.forEach(selector -> words.add("!" + selector));
        if (slots > 1) {
            words.add("slots ≥ " + slots);
        }
        return String.join(", ", words);
    }

    private static boolean matches(String selector, Set<String> labels) {
        return labels.contains(selector)
                || (selector.indexOf('=') < 0 && labels.stream().anyMatch(label -> label.startsWith(selector + "=")));
    }

    /** So that needs which say the same are equal. */
    private static List<String> sorted(List<String> selectors) {
        return Objects.requireNonNullElse(selectors, List.<String>of()).stream()
                .distinct()
                .sorted()
                .toList();
    }
}
