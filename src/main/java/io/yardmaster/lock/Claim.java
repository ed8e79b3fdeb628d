package io.yardmaster.lock;

import java.util.Comparator;
import java.util.List;

/**
 * What a run has to have before it begins, all or none.
 *
 * @param parts ascending by lock, each lock once
 */
public record Claim(List<Part> parts) {
    /**
     * @param units how much of the lock, at least 1; 0 of a condition
     * @param awaited what is waited for at a condition; null of every other
     */
    public record Part(long lock, int units, Wait awaited) {
        public Part(long lock, int units) {
            this(lock, units, null);
        }
    }

    /**
     * What is waited for at a condition.
     *
     * @param when what its variables must be like, in CEL; null if a signal is waited for, whatever they are
     * @param timeout seconds from when the run is ready; null for ever
     * @param otherwise what becomes of the run then; null where nothing times out
     */
    public record Wait(String when, Long timeout, Otherwise otherwise) {
        /** What is wrong with {@code when} over {@code variables}; null if nothing is. */
        public String problem(Variables variables) {
            return when == null ? null : Predicate.of(when, variables).problem().orElse(null);
        }

        /** Whether the variables alone let a run go. */
        public boolean holds(Variables variables) {
            return when != null && Predicate.of(when, variables).holds(variables);
        }
    }

    /** What becomes of a run that has waited for too long. */
    public enum Otherwise {
        FAIL,
        SKIP,
        RUN
    }

    /** Whether what it needs of that condition is a signal. */
    boolean waitsForSignal(long condition) {
        return parts.stream()
                .anyMatch(part -> part.lock() == condition
                        && part.awaited() != null
                        && part.awaited().when() == null);
    }

    public Claim {
        parts = parts.stream().sorted(Comparator.comparingLong(Part::lock)).toList();
    }
}
