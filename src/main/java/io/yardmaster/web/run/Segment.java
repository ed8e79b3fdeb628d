package io.yardmaster.web.run;

/**
 * A stretch of output with one look. Its text is still text: whoever writes it into a page escapes it.
 *
 * @param kind what it is
 * @param classes names of CSS classes, ours alone; empty for plain text
 * @param text what to show; for a gap the number of bytes, 0 if that is not known
 */
public record Segment(Kind kind, String classes, String text) {
    /** Kinds of stretch. */
    public enum Kind {
        TEXT,
        /** A character that would act rather than show, by its picture or its number. */
        CONTROL,
        /** Bytes that were left out on purpose, since the output grew beyond its limit or the disk was full. */
        GAP,
        /** Bytes that should be there and are not. */
        MISSING
    }

    /** All its CSS classes; null for none. */
    public String look() {
        return switch (kind) {
            case TEXT -> classes.isEmpty() ? null : classes;
            case CONTROL -> "unseen";
            case GAP, MISSING -> "gap";
        };
    }

    /** Of the message that tells what is not there, with the text as its argument; null for what is there. */
    public String key() {
        String known = text.equals("0") ? "-before" : "";
        return switch (kind) {
            case TEXT, CONTROL -> null;
            case GAP -> "run.output.gap" + known;
            case MISSING -> "run.output.missing" + known;
        };
    }

    static Segment gap(long bytes) {
        return new Segment(Kind.GAP, "", Long.toString(bytes));
    }

    static Segment missing(long bytes) {
        return new Segment(Kind.MISSING, "", Long.toString(bytes));
    }
}
