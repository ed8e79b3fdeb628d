package io.yardmaster.web.node;

import io.yardmaster.database.Missing;

/** Ids as paths have them. */
final class NodeIds {
    private NodeIds() {}

    /** @throws Missing if no node can have it */
    static long parse(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException tooLarge) {
            throw new Missing("node " + id);
        }
    }
}
