package io.yardmaster.timetable;

import java.time.Instant;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Objects;

/**
 * Local times on a zone's clock. {@link LocalTimes} tells the local times; which instants they mean is decided here, one
 * stretch of constant offset after the other.
 *
 * <p>By default times that repeat within the day follow real time: every instant whose local time matches. One that is
 * named runs exactly once each day: at the end of a gap, in the first pass of an overlap.
 */
final class ZonedTimes implements Occurrences {
    private static final long THE_END = LocalTimes.THE_END;
    private static final long NEVER = LocalTimes.NEVER;

    private final LocalTimes times;
    private final ZoneRules rules;
    private final Gap gap;
    private final Overlap overlap;
    /** The stretch that was asked for last: the next question is nearly always about the same. */
    private volatile Segment recent;

    private ZonedTimes(LocalTimes times, ZoneRules rules, Gap gap, Overlap overlap) {
        this.times = times;
        this.rules = rules;
        this.gap = gap;
        this.overlap = overlap;
    }

    static ZonedTimes of(LocalTimes times, Timetable timetable) {
        boolean repeating = times.repeatWithinDay();
        return new ZonedTimes(
                times,
                Zones.parse(timetable.zone()).getRules(),
                Objects.requireNonNullElse(timetable.gap(), repeating ? Gap.SKIP : Gap.END_OF_GAP),
                Objects.requireNonNullElse(timetable.overlap(), repeating ? Overlap.BOTH : Overlap.FIRST));
    }

    @Override
    public List<Occurrence> after(Instant instant) {
        long from = instant.getEpochSecond() + 1;
        while (from < THE_END) {
            Segment segment = segment(from);
            long ordinary = ordinary(segment, from);
            long made = madeByGap(segment, from);
            long first = Math.min(ordinary, made);
            if (first < THE_END) {
                Adjustment adjustment = made == first ? ofGap() : ofOverlap(segment, first + segment.offset());
                return List.of(new Occurrence(Instant.ofEpochSecond(first), adjustment));
            }
            from = segment.end();
        }
        return List.of();
    }

    /** By arithmetic, but for the stretch after a gap in which times that were left out may be made up. */
    @Override
    public long count(Instant afterExclusive, Instant throughInclusive) {
        long from = afterExclusive.getEpochSecond() + 1;
        long to = Math.min(throughInclusive.getEpochSecond() + 1, THE_END);
        long count = 0;
        while (from < to) {
            Segment segment = segment(from);
            long end = Math.min(to, segment.end());
            long plain = Math.min(end, Math.max(from, madeUpTo(segment)));
            if (from < plain) {
                count += Occurrences.super.count(Instant.ofEpochSecond(from - 1), Instant.ofEpochSecond(plain - 1));
            }
            count += times.count(localFrom(segment, plain), localEnd(segment, end));
            from = end;
        }
        return count;
    }

    /** From this second of the segment on, no time is made up for one that its first change left out. */
    private long madeUpTo(Segment segment) {
        return segment.startsWithGap() && gap != Gap.SKIP
                ? segment.start() + segment.gapTo() - segment.gapFrom()
                : Long.MIN_VALUE;
    }

    @Override
    public boolean repeatWithinDay() {
        return times.repeatWithinDay();
    }

    private Segment segment(long second) {
        Segment known = recent;
        if (known == null || !known.contains(second)) {
            known = Segment.around(second, rules);
            recent = known;
        }
        return known;
    }

    /** The first instant of the segment, at or after {@code from}, at which the clock shows a matching time. */
    private long ordinary(Segment segment, long from) {
        long local = times.match(localFrom(segment, from));
        return local < localEnd(segment, segment.end()) ? local - segment.offset() : NEVER;
    }

    /** The local time of that second, or where the pass that counts begins. */
    private long localFrom(Segment segment, long from) {
        long local = from + segment.offset();
        return overlap == Overlap.FIRST ? Math.max(local, segment.secondPassTo()) : local;
    }

    /** The local time of that second, or where the pass that counts ends. */
    private long localEnd(Segment segment, long end) {
        long local = end == NEVER ? NEVER : end + segment.offset();
        return overlap == Overlap.SECOND ? Math.min(local, segment.firstPassFrom()) : local;
    }

    /** The first instant, at or after {@code from}, that stands for a time left out by the segment's first change. */
    private long madeByGap(Segment segment, long from) {
        if (!segment.startsWithGap() || gap == Gap.SKIP) {
            return NEVER;
        }
        if (gap == Gap.END_OF_GAP) {
            return from == segment.start() && times.match(segment.gapFrom()) < segment.gapTo() ? from : NEVER;
        }
        int before = segment.atStart().getOffsetBefore().getTotalSeconds();
        long local = times.match(Math.max(from + before, segment.gapFrom()));
        return local < segment.gapTo() ? local - before : NEVER;
    }

    private Adjustment ofGap() {
        return gap == Gap.SHIFT ? Adjustment.SHIFTED : Adjustment.END_OF_GAP;
    }

    private static Adjustment ofOverlap(Segment segment, long local) {
        if (local < segment.secondPassTo()) {
            return Adjustment.SECOND_PASS;
        }
        return local >= segment.firstPassFrom() ? Adjustment.FIRST_PASS : Adjustment.NONE;
    }
}
