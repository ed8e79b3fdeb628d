package io.yardmaster.web.node;

import io.yardmaster.database.Invalid;
import io.yardmaster.node.Node;
import io.yardmaster.node.NodeDraft;
import io.yardmaster.node.NodeState;

/**
 * A node's form exactly as it was filled in.
 *
 * @param version of the node that the form was made from
 */
public record NodeForm(String name, String description, String slots, String weight, String version) {
    /** As the node is stored. */
    static NodeForm of(Node node) {
        return new NodeForm(
                node.name(),
                node.description(),
                Integer.toString(node.slots()),
                Integer.toString(node.weight()),
                Integer.toString(node.version()));
    }

    /** The same words, now that their author has seen {@code node} as it is. */
    NodeForm madeFrom(Node node) {
        return new NodeForm(name, description, slots, weight, Integer.toString(node.version()));
    }

    /** @throws Invalid naming each field that is no number; other mistakes are the draft's to tell */
    NodeDraft draft(NodeState state) {
        Invalid.Problems problems = new Invalid.Problems();
        int slotsMeant = number("slots", slots, problems);
        int weightMeant = number("weight", weight, problems);
        problems.throwIfAny();
        return new NodeDraft(name.strip(), description.strip(), slotsMeant, weightMeant, state);
    }

    int versionMeant() {
        return number("version", version);
    }

    /** @throws Invalid if {@code typed} is none */
    static int number(String field, String typed) {
        Invalid.Problems problems = new Invalid.Problems();
        int meant = number(field, typed, problems);
        problems.throwIfAny();
        return meant;
    }

    private static int number(String field, String typed, Invalid.Problems problems) {
        try {
            return Integer.parseInt(typed.strip());
        } catch (NumberFormatException wrong) {
            problems.add(field, typed, "invalid.number");
            return 0;
        }
    }
}
