package io.yardmaster.web.backfill;

import io.yardmaster.trigger.BackfillList.Instance;
import io.yardmaster.web.Query;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Arrays;

/**
 * Which instants of a backfill are listed.
 *
 * @param state one of them; what is none stands for all
 * @param after place after which the page begins
 */
public record InstantQuery(String state, String after) {
    static InstantQuery of(MultivaluedMap<String, String> parameters) {
        return new InstantQuery(word(parameters, "state"), word(parameters, "after"));
    }

    public boolean isFirstPage() {
        return after.isEmpty();
    }

    /** The same from its beginning. */
    public String fromStart() {
        return Query.of("state", state).toString();
    }

    /** This very page. */
    public String here() {
        return Query.of("state", state).and("after", after).toString();
    }

    String behind(int place) {
        return Query.of("state", state).and("after", place).toString();
    }

    /** Null for all. */
    Instance.State chosen() {
        return Arrays.stream(Instance.State.values())
                .filter(one -> one.name().equals(state))
                .findFirst()
                .orElse(null);
    }

    int afterPlace() {
        return after.matches("[0-9]{1,9}") ? Integer.parseInt(after) : 0;
    }

    private static String word(MultivaluedMap<String, String> parameters, String name) {
        String value = parameters.getFirst(name);
        return value == null ? "" : value.strip();
    }
}
