package io.yardmaster.web.node;

import io.yardmaster.database.Invalid;
import io.yardmaster.node.Node;
import io.yardmaster.node.NodeDraft;
import io.yardmaster.node.NodeState;
import io.yardmaster.node.NodeTerms;
import io.yardmaster.web.form.Amounts;
import io.yardmaster.web.form.Form;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A node as a form. */
final class NodeForm {
    static final List<String> FIELDS = List.of(
            "name", "description", "slots", "weight", "labels", "maxCpu", "maxMemory", "minDiskFree", "warmUpSeconds");

    private static final String VERSION = "version";

    private NodeForm() {}

    /** As the node is stored. */
    static Form of(Node node) {
        NodeTerms terms = node.terms();
        Form form = Form.empty()
                .with("name", node.name())
                .with("description", node.description())
                .with("slots", Integer.toString(node.slots()))
                .with("weight", Integer.toString(node.weight()))
                .with("labels", String.join(", ", terms.labels()))
                .with("maxCpu", Objects.toString(terms.maxCpu(), null))
                .with("maxMemory", Objects.toString(terms.maxMemory(), null))
                .with("minDiskFree", terms.minDiskFree() == null ? null : Amounts.ofBytes(terms.minDiskFree()))
                .with("warmUpSeconds", Amounts.ofSeconds((long) terms.warmUpSeconds()));
        return madeFrom(form, node);
    }

    /** The same words, now that their author has seen {@code node} as it is. */
    static Form madeFrom(Form form, Node node) {
        return form.with(VERSION, Integer.toString(node.version()));
    }

    /** @throws Invalid naming each field that is no number; other mistakes are the draft's to tell */
    static NodeDraft draft(Form form, NodeState state) {
        Invalid.Problems problems = new Invalid.Problems();
        NodeDraft draft = new NodeDraft(
                form.text("name"),
                form.text("description"),
                number("slots", form.value("slots"), problems),
                number("weight", form.value("weight"), problems),
                state,
                terms(form, problems));
        problems.throwIfAny();
        return draft;
    }

    private static NodeTerms terms(Form form, Invalid.Problems problems) {
        Long warmUp = Amounts.seconds("warmUpSeconds", form.value("warmUpSeconds"), problems);
        return new NodeTerms(
                Arrays.stream(form.text("labels").split("[,\\s]+"))
                        .filter(label -> !label.isEmpty())
                        .toList(),
                Amounts.number("maxCpu", form.value("maxCpu"), problems),
                Amounts.number("maxMemory", form.value("maxMemory"), problems),
                Amounts.bytes("minDiskFree", form.value("minDiskFree"), problems),
                warmUp == null ? 0 : (int) Math.min(warmUp, Integer.MAX_VALUE));
    }

    static int version(Form form) {
        return number(VERSION, form.value(VERSION));
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
