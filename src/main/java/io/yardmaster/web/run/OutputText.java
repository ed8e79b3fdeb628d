package io.yardmaster.web.run;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns bytes that a task printed into text with a look: UTF-8 with U+FFFD for what is none, colours as classes, other
 * terminal commands dropped, whatever would act on its surroundings shown by its picture. Nothing here is markup.
 */
final class OutputText {
    /** Bounds what a page costs, whatever the bytes are. */
    static final int MOST_SEGMENTS = 8_000;

    private static final int ESCAPE = 0x1b;
    /** A sequence longer than this is not one. */
    private static final int LONGEST_SEQUENCE = 64;

    private final List<Segment> segments = new ArrayList<>();
    private final StringBuilder run = new StringBuilder();
    private Segment.Kind kind = Segment.Kind.TEXT;
    private TextStyle style;

    OutputText(TextStyle style) {
        this.style = style;
    }

    /**
     * Adds a stretch of bytes without a gap.
     *
     * @param last whether nothing will ever follow them directly; if so an unfinished character or sequence at the end
     *     is shown as it is, otherwise it is left for the next time
     * @return how many bytes were taken
     */
    int add(byte[] bytes, boolean last) {
        Utf8 input = new Utf8(bytes, 0);
        while (!input.atEnd() && !isFull() && step(input, last)) {
            // each step takes a character or a sequence
        }
        return input.at();
    }

    void add(Segment mark) {
        endRun();
        segments.add(mark);
    }

    boolean isFull() {
        return segments.size() >= MOST_SEGMENTS;
    }

    TextStyle style() {
        return style;
    }

    List<Segment> segments() {
        endRun();
        return List.copyOf(segments);
    }

    private boolean step(Utf8 input, boolean last) {
        int next = input.peek(0);
        if (next == ESCAPE) {
            return sequence(input, last);
        } else if (next == '\r') {
            return carriageReturn(input, last);
        }
        int point = input.next();
        if (point == Utf8.INCOMPLETE) {
            if (!last) {
                return false;
            }
            point = input.malformed();
        }
        show(point);
        return true;
    }

    private void show(int point) {
        if (point != '\n' && point != '\t' && Unseen.contains(point)) {
            switchTo(Segment.Kind.CONTROL);
            run.append(Unseen.shown(point));
        } else {
            switchTo(Segment.Kind.TEXT);
            run.appendCodePoint(point);
        }
    }

    /** Before a line feed it says nothing; alone, as progress bars use it, it is shown and begins a line. */
    private boolean carriageReturn(Utf8 input, boolean last) {
        int after = input.peek(1);
        if (after == Utf8.INCOMPLETE && !last) {
            return false;
        }
        input.skip(1);
        if (after != '\n') {
            show('\r');
            show('\n');
        }
        return true;
    }

    /** {@code ESC [ parameters final}: a colour if the final is {@code m}, else a command, which is dropped. */
    private boolean sequence(Utf8 input, boolean last) {
        int length = sequenceLength(input);
        if (length == Utf8.INCOMPLETE) {
            if (!last) {
                return false;
            }
            length = 0;
        }
        if (length == 0) {
            input.skip(1);
            show(ESCAPE);
            return true;
        }
        if (input.peek(length - 1) == 'm') {
            StringBuilder parameters = new StringBuilder();
            for (int i = 2; i < length - 1; i++) {
                parameters.append((char) input.peek(i));
            }
            restyle(style.after(parameters.toString()));
        }
        input.skip(length);
        return true;
    }

    /** 0 if there is none, {@link Utf8#INCOMPLETE} if the bytes end within one. */
    private static int sequenceLength(Utf8 input) {
        if (input.peek(1) != '[') {
            return input.peek(1) == Utf8.INCOMPLETE ? Utf8.INCOMPLETE : 0;
        }
        for (int i = 2; i < LONGEST_SEQUENCE; i++) {
            int next = input.peek(i);
            if (next == Utf8.INCOMPLETE) {
                return Utf8.INCOMPLETE;
            } else if (next >= 0x40 && next <= 0x7e) {
                return i + 1;
            } else if (next < 0x20 || next > 0x3f) {
                return 0;
            }
        }
        return 0;
    }

    private void restyle(TextStyle wanted) {
        if (!wanted.equals(style)) {
            endRun();
            style = wanted;
        }
    }

    private void switchTo(Segment.Kind wanted) {
        if (kind != wanted) {
            endRun();
            kind = wanted;
        }
    }

    private void endRun() {
        if (!run.isEmpty()) {
            segments.add(new Segment(kind, style.classes(), run.toString()));
            run.setLength(0);
        }
    }
}
