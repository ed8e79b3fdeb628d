package io.yardmaster.web.backfill;

import io.yardmaster.trigger.BackfillState;
import io.yardmaster.web.Query;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * What the list is asked for, word for word; empty for what is not said.
 *
 * @param job part of {@code namespace/name}
 * @param state one of them, or {@code OPEN} for all that have not ended; what is neither stands for all
 * @param before id below which the page begins
 */
public record BackfillQuery(String job, String state, String before) {
    private static final String OPEN = "OPEN";

    static BackfillQuery of(MultivaluedMap<String, String> parameters) {
        return new BackfillQuery(word(parameters, "job"), word(parameters, "state"), word(parameters, "before"));
    }

    public boolean isNarrow() {
        return !(job + state).isEmpty();
    }

    public boolean isFirstPage() {
        return before.isEmpty();
    }

    /** Empty for all. */
    Set<BackfillState> states() {
        if (state.equals(OPEN)) {
            EnumSet<BackfillState> open = EnumSet.allOf(BackfillState.class);
            open.removeIf(BackfillState::isFinal);
            return open;
        }
        return Arrays.stream(BackfillState.values())
                .filter(one -> one.name().equals(state))
                .findFirst()
                .<Set<BackfillState>>map(Set::of)
                .orElse(Set.of());
    }

    long beforeId() {
        return before.matches("[0-9]{1,18}") ? Long.parseLong(before) : Long.MAX_VALUE;
    }

    /** The same from its beginning. */
    public String fromStart() {
        return query().toString();
    }

    /** This very page. */
    public String here() {
        return query().and("before", before).toString();
    }

    String below(long id) {
        return query().and("before", id).toString();
    }

    private Query query() {
        return Query.of("job", job).and("state", state);
    }

    private static String word(MultivaluedMap<String, String> parameters, String name) {
        String value = parameters.getFirst(name);
        return value == null ? "" : value.strip().replace("\0", "");
    }
}
