package io.yardmaster.agent;

import io.yardmaster.database.Invalid;
import io.yardmaster.dispatch.RunEpoch;
import io.yardmaster.protocol.RunRef;
import java.util.List;

/** Reads and writes the names of attempts. */
final class Refs {
    private static final int LONGEST_ID = 19;

    private Refs() {}

    static RunRef toWire(RunEpoch ref) {
        return new RunRef(Long.toString(ref.run()), ref.epoch());
    }

    /**
     * Reads a list of names.
     *
     * @param field of the message, for the refusal
     * @param most how many there may be
     * @throws Invalid for a list that is absent, too long, or has something else in it
     */
    static List<RunEpoch> read(String field, List<RunRef> refs, int most) {
        Checks.size(field, refs, most);
        return refs.stream().map(ref -> read(field, ref)).toList();
    }

    static RunEpoch read(String field, RunRef ref) {
        if (ref == null || ref.run() == null || ref.epoch() < 1) {
            throw new Invalid(field, ref, "invalid.ref");
        }
        return new RunEpoch(Checks.id(field + ".run", ref.run()), ref.epoch());
    }

    /** Whether {@code text} can be the id of anything. */
    static boolean isId(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST_ID
                && text.chars().allMatch(character -> character >= '0' && character <= '9');
    }
}
