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
     * @param said one sentence: what is wrong and what would be right
     */
    public record Problem(String field, String value, Said said) {
        public Problem {
            value = value == null || value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "…";
        }

        /** In English. */
        public String message() {
            return said.english();
        }

        /** The same told of another field. */
        public Problem at(String other) {
            return new Problem(other, value, said);
        }
    }

    public Invalid(String field, Object value, Said said) {
        this(List.of(new Problem(field, value == null ? null : value.toString(), said)));
    }

    /** As {@link Problems#add}. */
    public Invalid(String field, Object value, String key, Object... arguments) {
        this(field, value, Said.of(key, arguments));
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

        /**
         * @param key of the message that says what is wrong and what would be right
         * @param arguments what belongs into it, as {@link Said} takes them
         */
        public Problems add(String field, Object value, String key, Object... arguments) {
            return add(new Problem(field, value == null ? null : value.toString(), Said.of(key, arguments)));
        }

        public Problems add(Problem problem) {
            found.add(problem);
            return this;
        }

        /** Adds a problem unless {@code right}. */
        public Problems check(boolean right, String field, Object value, String key, Object... arguments) {
            return right ? this : add(field, value, key, arguments);
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
