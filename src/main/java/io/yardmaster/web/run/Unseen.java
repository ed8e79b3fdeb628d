package io.yardmaster.web.run;

/** Characters that act on the text around them instead of showing, and how they are shown instead. */
final class Unseen {
    private static final int PICTURES = 0x2400;
    private static final int PICTURE_OF_DELETE = 0x2421;

    private Unseen() {}

    /** A control, a direction mark or override, a foreign line end, an invisible or tag character. */
    static boolean contains(int point) {
        return Character.isISOControl(point)
                || (point >= 0x202a && point <= 0x202e)
                || (point >= 0x2066 && point <= 0x2069)
                || (point >= 0x2028 && point <= 0x2029)
                || point == 0x200e
                || point == 0x200f
                || point == 0x061c
                || point == 0x200b
                || point == 0x2060
                || point == 0xfeff
                || (point >= 0xe0000 && point <= 0xe007f);
    }

    /** The picture that Unicode has for it, or its number. */
    static String shown(int point) {
        if (point < 0x20) {
            return Character.toString(PICTURES + point);
        } else if (point == 0x7f) {
            return Character.toString(PICTURE_OF_DELETE);
        }
        return "⟨U+" + "%04X".formatted(point) + "⟩";
    }

    /** {@code text} with each of them shown; the same object if there is none. For names, messages and parameters. */
    static String shown(String text) {
        if (text == null || text.codePoints().noneMatch(point -> contains(point) && point != '\n' && point != '\t')) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            if (contains(point) && point != '\n' && point != '\t') {
                shown.append(shown(point));
            } else {
                shown.appendCodePoint(point);
            }
        });
        return shown.toString();
    }
}
