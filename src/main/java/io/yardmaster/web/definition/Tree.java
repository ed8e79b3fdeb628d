package io.yardmaster.web.definition;

import io.yardmaster.database.Said;
import java.util.List;
import java.util.Map;

/** What a document says, before anybody asks what it means. Scalars keep their text: {@code 007} stays so. */
sealed interface Tree {
    Place place();

    /** Where in the text, both counted from 1. */
    record Place(int line, int column) {
        Said said() {
            return Said.of("invalid.place", line, column);
        }
    }

    record Branch(Map<String, Tree> fields, Place place) implements Tree {}

    record Items(List<Tree> items, Place place) implements Tree {}

    /** @param text as written; null for an explicit nothing */
    record Leaf(String text, Place place) implements Tree {}
}
