package io.yardmaster.node;

import io.yardmaster.database.Invalid;
import io.yardmaster.database.Text;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What an operator can say of a node.
 *
 * @param name letters, digits, {@code . _ -}; at most 100 characters, beginning and ending with a letter or digit
 * @param description for people, at most 2,000 characters
 * @param slots runs at a time, 1 to 10,000; the worker may allow fewer
 * @param weight 1 to 1,000
 * @param state what is wanted of it
 * @param terms on which it takes runs; none if absent
 */
public record NodeDraft(String name, String description, int slots, int weight, NodeState state, NodeTerms terms) {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9]([a-zA-Z0-9._-]{0,98}[a-zA-Z0-9])?");
    private static final int DESCRIPTION_LIMIT = 2000;
    static final int MOST_SLOTS = 10_000;
    private static final int MOST_WEIGHT = 1000;

    public NodeDraft {
        description = Objects.requireNonNullElse(description, "");
        state = Objects.requireNonNullElse(state, NodeState.ACTIVE);
        terms = Objects.requireNonNullElse(terms, NodeTerms.NONE);
    }

    public NodeDraft in(NodeState wanted) {
        return new NodeDraft(name, description, slots, weight, wanted, terms);
    }

    /** @throws Invalid with every problem there is */
    void check() {
        Invalid.Problems problems = new Invalid.Problems();
        checkJoining(problems, name, slots);
        problems.check(
                description.length() <= DESCRIPTION_LIMIT && Text.isStorable(description),
                "description",
                description,
                "invalid.text.limit",
                DESCRIPTION_LIMIT);
        problems.check(weight >= 1 && weight <= MOST_WEIGHT, "weight", weight, "invalid.range", 1, MOST_WEIGHT);
        terms.check(problems);
        problems.throwIfAny();
    }

    static void checkJoining(Invalid.Problems problems, String name, int slots) {
        problems.check(name != null && NAME.matcher(name).matches(), "name", name, "invalid.name.node");
        problems.check(slots >= 1 && slots <= MOST_SLOTS, "slots", slots, "invalid.range", 1, MOST_SLOTS);
    }

    /** What would become of {@code node}: by name of what changes, from what to what. */
    Map<String, Object> changes(Node node) {
        Map<String, Object> changes = new HashMap<>();
        note(changes, "name", node.name(), name);
        note(changes, "description", node.description(), description);
        note(changes, "slots", node.slots(), slots);
        note(changes, "weight", node.weight(), weight);
        note(changes, "terms", node.terms().toString(), terms.toString());
        note(changes, "state", node.state().name(), state.name());
        return changes;
    }

    private static void note(Map<String, Object> changes, String what, Object from, Object to) {
        if (!from.equals(to)) {
            changes.put(what, Map.of("from", from, "to", to));
        }
    }
}
