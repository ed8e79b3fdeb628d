package io.yardmaster.database;

import java.util.ArrayList;
import java.util.List;

/**
 * Input that cannot be accepted; nothing of it was stored. Forms show each problem beside its field, the API lists them.
 */
public final class Invalid extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_VALUE = 120;

    private final transient List<Problem> problems;

    /**
     * @param field name of the input as the user knows it: the form's field, the definition's key
     * @param value what was given, shortened; null for what was absent
     * @param message one sentence: what is wrong and what would be right
     */
    public record Problem(String field, String value, String message) {
        public Problem {
            value = value == null || value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "…";
        }
    }

    public Invalid(String field, Object value, String message) {
        this(List.of(new Problem(field, value == null ? null : value.toString(), message)));
    }

    public Invalid(List<Problem> problems) {
        super(sentence(problems));
        this.problems = List.copyOf(problems);
    }

    /** At least one. */
    public List<Problem> problems() {
        return problems;
    }

    private static String sentence(List<Problem> problems) {
        return String.join(
                "; ",
                problems.stream()
                        .map(problem -> problem.field() + ": " + problem.message())
                        .toList());
    }

    /** Gathers all problems of one input, so that the user sees them at once. */
    public static final class Problems {
        private final List<Problem> found = new ArrayList<>();

        public Problems add(String field, Object value, String message) {
            found.add(new Problem(field, value == null ? null : value.toString(), message));
            return this;
        }

        /** Adds a problem unless {@code right}. */
        public Problems check(boolean right, String field, Object value, String message) {
            return right ? this : add(field, value, message);
        }

        public Problems addAll(Invalid other) {
            found.addAll(other.problems());
            return this;
        }

        public List<Problem> all() {
            return List.copyOf(found);
        }

        public boolean none() {
            return found.isEmpty();
        }

        /** @throws Invalid with all that was added, if anything was */
        public void throwIfAny() {
            if (!found.isEmpty()) {
                throw new Invalid(found);
            }
        }
    }
}
