package io.yardmaster.web.run;

/**
 * The look that SGR sequences have built up: weight, slant, lines, two colours of 16. Concealed text is not known here,
 * so nothing that a task prints can hide from its reader.
 *
 * @param bits packed as the constants say; 0 is plain
 */
record TextStyle(int bits) {
    static final TextStyle PLAIN = new TextStyle(0);

    private static final int BOLD = 1;
    private static final int DIM = 1 << 1;
    private static final int ITALIC = 1 << 2;
    private static final int UNDERLINE = 1 << 3;
    private static final int INVERSE = 1 << 4;
    private static final int STRUCK = 1 << 5;
    private static final int FOREGROUND_AT = 6;
    private static final int BACKGROUND_AT = 11;
    /** A colour is kept as 1 to 16; 0 is the default one. */
    private static final int COLOUR = 0x1f;

    private static final int ALL = (1 << 16) - 1;
    private static final int[] FLAGS = {0, BOLD, DIM, ITALIC, UNDERLINE, 0, 0, INVERSE, 0, STRUCK};
    private static final String[] NAMES = {"bold", "dim", "italic", "underline", "inverse", "struck"};

    /** From what {@link #code} gave, or anything else, since it comes back from the browser. */
    static TextStyle of(String code) {
        try {
            int bits = Integer.parseInt(code, 16);
            int foreground = bits >> FOREGROUND_AT & COLOUR;
            int background = bits >> BACKGROUND_AT & COLOUR;
            return (bits & ~ALL) == 0 && foreground <= 16 && background <= 16 ? new TextStyle(bits) : PLAIN;
        } catch (NumberFormatException notOurs) {
            return PLAIN;
        }
    }

    String code() {
        return Integer.toHexString(bits);
    }

    /** After the sequence {@code CSI parameters m}. What is not understood changes nothing. */
    TextStyle after(String parameters) {
        int[] codes = numbers(parameters);
        TextStyle style = this;
        for (int i = 0; i < codes.length; i++) {
            if (codes[i] == 38 || codes[i] == 48) {
                int at = codes[i] == 38 ? FOREGROUND_AT : BACKGROUND_AT;
                int taken = Palette.length(codes, i + 1);
                int colour = Palette.colour(codes, i + 1);
                style = colour < 0 ? style : style.coloured(at, colour + 1);
                i += taken;
            } else {
                style = style.after(codes[i]);
            }
        }
        return style;
    }

    private TextStyle after(int code) {
        if (code == 0) {
            return PLAIN;
        } else if (code < FLAGS.length) {
            return new TextStyle(bits | FLAGS[code]);
        } else if (code >= 21 && code <= 29) {
            int ended = code <= 22 ? BOLD | DIM : FLAGS[code - 20];
            return new TextStyle(bits & ~ended);
        } else if (code >= 30 && code <= 49) {
            int at = code < 40 ? FOREGROUND_AT : BACKGROUND_AT;
            return coloured(at, code % 10 <= 7 ? code % 10 + 1 : 0);
        } else if (code >= 90 && code <= 107 && code % 10 <= 7) {
            return coloured(code < 100 ? FOREGROUND_AT : BACKGROUND_AT, code % 10 + 9);
        }
        return this;
    }

    private TextStyle coloured(int at, int colour) {
        return new TextStyle((bits & ~(COLOUR << at)) | (colour << at));
    }

    /** CSS classes, as in {@code ansi-bold ansi-fg-1}; empty for plain. */
    String classes() {
        if (bits == 0) {
            return "";
        }
        StringBuilder classes = new StringBuilder();
        for (int i = 0; i < NAMES.length; i++) {
            if ((bits & 1 << i) != 0) {
                classes.append(" ansi-").append(NAMES[i]);
            }
        }
        appendColour(classes, " ansi-fg-", bits >> FOREGROUND_AT & COLOUR);
        appendColour(classes, " ansi-bg-", bits >> BACKGROUND_AT & COLOUR);
        return classes.substring(1);
    }

    private static void appendColour(StringBuilder classes, String name, int colour) {
        if (colour > 0) {
            classes.append(name).append(colour - 1);
        }
    }

    /** Codes above 999 are none; an empty one counts as 0, as terminals have it. */
    private static int[] numbers(String parameters) {
        String[] words = parameters.split("[;:]", -1);
        int[] numbers = new int[words.length];
        for (int i = 0; i < words.length; i++) {
            boolean good = words[i].length() <= 3 && words[i].chars().allMatch(c -> c >= '0' && c <= '9');
            numbers[i] = !good ? 999 : words[i].isEmpty() ? 0 : Integer.parseInt(words[i]);
        }
        return numbers;
    }
}
