package io.yardmaster.lock;

import java.util.Comparator;
import java.util.List;

/**
 * The locks that a run takes before it begins, all or none.
 *
 * @param parts ascending by lock, each lock once
 */
public record Claim(List<Part> parts) {
    /** @param units how much of the lock, at least 1 */
    public record Part(long lock, int units) {}

    public Claim {
        parts = parts.stream().sorted(Comparator.comparingLong(Part::lock)).toList();
    }
}
