package io.yardmaster.web.run;

import io.yardmaster.output.OutputPage;
import io.yardmaster.output.OutputPiece;
import io.yardmaster.output.OutputPiece.Gap;
import io.yardmaster.output.OutputPiece.Printed;
import io.yardmaster.output.OutputPiece.Reason;
import java.util.List;

/**
 * A part of an attempt's output, ready to be shown.
 *
 * @param from offset of its first byte
 * @param next offset from which the reading goes on
 * @param size offset behind the last byte that has arrived
 * @param style the look at {@code next}, as {@link TextStyle#code} says it
 */
public record OutputWindow(long from, long next, long size, String style, List<Segment> segments) {
    public boolean isEmpty() {
        return size == 0;
    }

    public boolean hasEarlier() {
        return from > 0;
    }

    public boolean hasLater() {
        return next < size;
    }

    /** Whether it ends before what was wished because that has too many looks, not because a character is unfinished. */
    boolean isCutShort(OutputWish wish) {
        return segments.size() >= OutputText.MOST_SEGMENTS && next < wish.until();
    }

    /** @param style the look at the beginning, if that is known */
    static OutputWindow of(OutputPage page, OutputWish wish, TextStyle style) {
        OutputText text = new OutputText(style);
        List<OutputPiece> stretches = Stretches.of(page.pieces(), wish);
        long from = stretches.isEmpty()
                ? Math.min(wish.from(), page.total())
                : stretches.get(0).start();
        long at = from;
        for (int i = 0; i < stretches.size() && !text.isFull(); i++) {
            OutputPiece stretch = stretches.get(i);
            if (stretch instanceof Printed printed) {
                boolean last = i + 1 < stretches.size() || wish.closed();
                at = printed.start() + text.add(printed.bytes(), last);
            } else {
                text.add(mark((Gap) stretch, !wish.exact() && i == 0));
                at = stretch.end();
            }
        }
        return new OutputWindow(from, at, page.total(), text.style().code(), text.segments());
    }

    /** @param begunBefore whether the page begins somewhere within the gap, whose length is then not known here */
    private static Segment mark(Gap gap, boolean begunBefore) {
        long bytes = begunBefore ? 0 : gap.length();
        return gap.reason() == Reason.LEFT_OUT ? Segment.gap(bytes) : Segment.missing(bytes);
    }
}
