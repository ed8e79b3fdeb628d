package io.yardmaster.web.run;

import io.yardmaster.database.Invalid;
import io.yardmaster.database.Missing;
import io.yardmaster.run.Run;
import jakarta.ws.rs.core.MultivaluedMap;

/**
 * Which part of which attempt's output a URL asks for.
 *
 * @param epoch of the attempt; null for the newest
 * @param from where to begin; null for the last page
 * @param until where to end; null unless the page before another is asked for
 * @param style the look at {@code from}
 */
record OutputPlace(Long epoch, Long from, Long until, TextStyle style) {
    static OutputPlace of(MultivaluedMap<String, String> parameters) {
        return new OutputPlace(
                offset(parameters, "epoch"),
                offset(parameters, "from"),
                offset(parameters, "until"),
                TextStyle.of(String.valueOf(parameters.getFirst("look"))));
    }

    boolean isTail() {
        return from == null && until == null;
    }

    OutputWish wish(long size, boolean ended) {
        if (isTail()) {
            return OutputWish.tail(size, ended);
        }
        return from != null ? OutputWish.after(from, size, ended) : OutputWish.before(Math.min(until, size));
    }

    private static Long offset(MultivaluedMap<String, String> parameters, String name) {
        String typed = parameters.getFirst(name);
        if (typed == null || typed.isEmpty()) {
            return null;
        }
        // more digits than any output has bytes
        if (!typed.matches("[0-9]{1,17}")) {
            throw new Invalid(name, typed, "invalid.number");
        }
        return Long.valueOf(typed);
    }

    /** @throws Missing if the run had no such offer */
    static void insist(Run run, long epoch) {
        if (epoch > run.placement().epoch()) {
            throw new Missing("output of offer " + epoch + " of run " + run.id());
        }
    }
}
