package io.yardmaster.web.definition;

import io.yardmaster.database.Invalid;
import io.yardmaster.database.Said;
import io.yardmaster.web.Nearest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * The fields of one branch, asked for by name. Every fault is added to the problems and reading goes on; {@link #end}
 * then refuses what nobody asked for.
 */
final class Fields {
    private final Map<String, Tree> fields;
    private final String prefix;
    private final Invalid.Problems problems;
    private final Set<String> known = new HashSet<>();

    /** @param prefix what stands before the names in messages, such as {@code task.}; empty at the top */
    Fields(Tree.Branch branch, String prefix, Invalid.Problems problems) {
        this.fields = branch.fields();
        this.prefix = prefix;
        this.problems = problems;
    }

    /** The text of a scalar; null if absent. */
    String text(String name) {
        Tree value = take(name);
        if (value instanceof Tree.Leaf leaf) {
            return leaf.text();
        }
        wrong(name, value, "invalid.scalar");
        return null;
    }

    Long number(String name) {
        return parsed(name, Long::valueOf, "invalid.number");
    }

    Double decimal(String name) {
        return parsed(name, Double::valueOf, "invalid.decimal");
    }

    private <N extends Number> N parsed(String name, Function<String, N> parser, String otherwise) {
        String text = text(name);
        try {
            return text == null ? null : parser.apply(text);
        } catch (NumberFormatException notOne) {
            problems.add(prefix + name, text, otherwise);
            return null;
        }
    }

    /** A number that must fit 32 bits; what does not is refused by the rules, as the greatest that fits. */
    Integer smallNumber(String name) {
        Long number = number(name);
        return number == null ? null : (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number));
    }

    Boolean flag(String name) {
        String text = text(name);
        if (text != null && !text.equals("true") && !text.equals("false")) {
            problems.add(prefix + name, text, "invalid.flag");
            return null;
        }
        return text == null ? null : Boolean.valueOf(text);
    }

    <E extends Enum<E>> E choice(String name, Class<E> kind) {
        return chosen(name, text(name), kind);
    }

    /** The choices of a list; null if absent. */
    <E extends Enum<E>> List<E> choices(String name, Class<E> kind) {
        List<String> texts = list(name);
        return texts == null
                ? null
                : texts.stream()
                        .map(text -> chosen(name, text, kind))
                        .filter(Objects::nonNull)
                        .toList();
    }

    private <E extends Enum<E>> E chosen(String name, String text, Class<E> kind) {
        for (E choice : kind.getEnumConstants()) {
            if (choice.name().equals(text)) {
                return choice;
            }
        }
        if (text != null) {
            problems.add(prefix + name, text, "invalid.choice", List.of(kind.getEnumConstants()));
        }
        return null;
    }

    /** Texts by name, in order; empty if absent. A value may be null. */
    Map<String, String> texts(String name) {
        Tree.Branch branch = branch(name);
        Map<String, String> found = new LinkedHashMap<>();
        if (branch != null) {
            branch.fields().forEach((key, value) -> {
                if (value instanceof Tree.Leaf leaf) {
                    found.put(key, leaf.text());
                } else {
                    wrong(name + "." + key, value, "invalid.scalar");
                }
            });
        }
        return found;
    }

    /** Null if absent. */
    Tree.Branch branch(String name) {
        Tree value = take(name);
        if (value instanceof Tree.Branch branch) {
            return branch;
        }
        wrong(name, value, "invalid.branch");
        return null;
    }

    /** The texts of a list, an empty one for an explicit nothing; null if absent. */
    List<String> list(String name) {
        return items(
                name,
                item -> item instanceof Tree.Leaf leaf ? Objects.requireNonNullElse(leaf.text(), "") : null,
                "invalid.scalar");
    }

    /** The branches of a list; null if absent. */
    List<Tree.Branch> branches(String name) {
        return items(name, item -> item instanceof Tree.Branch branch ? branch : null, "invalid.branches");
    }

    private <T> List<T> items(String name, Function<Tree, T> part, String otherwise) {
        Tree value = take(name);
        if (!(value instanceof Tree.Items list)) {
            wrong(name, value, "invalid.list");
            return null;
        }
        List<T> found = new ArrayList<>();
        for (Tree item : list.items()) {
            T one = part.apply(item);
            if (one == null) {
                wrong(name, item, otherwise);
            } else {
                found.add(one);
            }
        }
        return found;
    }

    /** Takes a field without looking at it. */
    void ignore(String name) {
        known.add(name);
    }

    /** Refuses every field that was not asked for, with the name that was probably meant. */
    void end() {
        fields.forEach((name, value) -> {
            if (!known.contains(name)) {
                String meant = Nearest.to(name, known);
                problems.add(
                        prefix + name,
                        null,
                        meant == null ? "invalid.field.unknown" : "invalid.field.meant",
                        value.place().said(),
                        meant == null ? sorted() : meant);
            }
        });
    }

    private String sorted() {
        return String.join(", ", known.stream().sorted().toList());
    }

    private Tree take(String name) {
        known.add(name);
        return fields.get(name);
    }

    private void wrong(String name, Tree value, String key) {
        boolean absent = value == null || (value instanceof Tree.Leaf leaf && leaf.text() == null);
        if (!absent) {
            String written = value instanceof Tree.Leaf leaf ? leaf.text() : null;
            problems.add(
                    prefix + name,
                    written,
                    "invalid.placed",
                    Said.of(key),
                    value.place().said());
        }
    }
}
