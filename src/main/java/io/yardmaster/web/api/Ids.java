package io.yardmaster.web.api;

import io.yardmaster.database.Missing;

/** Ids travel as strings, since 64 bits do not fit every JSON reader. */
public final class Ids {
    private Ids() {}

    /** @throws Missing if it is none: then there is no such object either */
    public static long read(String kind, String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException notOne) {
            throw new Missing(kind + " " + (id.length() <= 40 ? id : id.substring(0, 40) + "…"));
        }
    }

    /** Null for null. */
    public static String written(Long id) {
        return id == null ? null : id.toString();
    }
}
