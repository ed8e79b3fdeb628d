package io.yardmaster.timetable;

import io.yardmaster.calendar.BusinessCalendar;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;

/**
 * Instants where the expression has them, those marked that the calendar leaves out.
 *
 * @param nominal the instants by the expression
 * @param zone on whose clock the calendar's days and hours are
 */
record KeptTimes(Occurrences nominal, BusinessCalendar calendar, ZoneId zone) implements Occurrences {
    @Override
    public List<Occurrence> after(Instant instant) {
        return nominal.after(instant).stream().map(this::judged).toList();
    }

    @Override
    public boolean repeatWithinDay() {
        return nominal.repeatWithinDay();
    }

    @Override
    public long count(Instant afterExclusive, Instant throughInclusive) {
        return nominal.count(afterExclusive, throughInclusive);
    }

    /** Passes over a day, or a blackout, in one step. */
    @Override
    public List<Occurrence> kept(Instant instant, Instant through) {
        List<Occurrence> due = after(instant);
        while (!due.isEmpty() && due.get(0).skipped() && !due.get(0).at().isAfter(through)) {
            due = after(lastBeforeWork(due.get(0).at()));
        }
        return due.isEmpty() || due.get(0).at().isAfter(through) ? List.of() : due;
    }

    @Override
    public long countKept(Instant afterExclusive, Instant throughInclusive) {
        if (isAlike(afterExclusive, throughInclusive)) {
            return isLeftOut(local(throughInclusive)) ? 0 : nominal.count(afterExclusive, throughInclusive);
        }
        long count = 0;
        List<Occurrence> due = kept(afterExclusive, throughInclusive);
        while (!due.isEmpty()) {
            count += due.size();
            due = kept(due.get(0).at(), throughInclusive);
        }
        return count;
    }

    /** Whether the calendar says the same of the whole period. */
    private boolean isAlike(Instant after, Instant through) {
        LocalDateTime first = local(after);
        LocalDateTime last = local(through);
        return isPlain(after, through)
                && first.toLocalDate().equals(last.toLocalDate())
                && calendar.blackouts().stream()
                        .noneMatch(
                                window -> isWithin(window.from(), first, last) || isWithin(window.to(), first, last));
    }

    private static boolean isWithin(LocalTime moment, LocalDateTime first, LocalDateTime last) {
        return !moment.isBefore(first.toLocalTime()) && !moment.isAfter(last.toLocalTime());
    }

    /** From an instant that is left out to one up to which everything is, short of the next clock change; it may be the same. */
    private Instant lastBeforeWork(Instant skipped) {
        LocalDateTime local = local(skipped);
        LocalDateTime end = calendar.isWorking(local.toLocalDate())
                ? calendar.afterBlackout(local)
                : local.toLocalDate().plusDays(1).atStartOfDay();
        Instant last = end.atZone(zone).toInstant();
        ZoneOffsetTransition change = zone.getRules().nextTransition(skipped);
        Instant known = change == null || last.isBefore(change.getInstant()) ? last : change.getInstant();
        return known.minusSeconds(1).isAfter(skipped) ? known.minusSeconds(1) : skipped;
    }

    /** Whether no clock change comes between. */
    private boolean isPlain(Instant from, Instant through) {
        ZoneOffsetTransition change = zone.getRules().nextTransition(from);
        return change == null || change.getInstant().isAfter(through);
    }

    private Occurrence judged(Occurrence one) {
        return isLeftOut(local(one.nominal())) ? one.leftOut() : one;
    }

    private boolean isLeftOut(LocalDateTime local) {
        return !calendar.isWorking(local.toLocalDate()) || calendar.isBlackedOut(local);
    }

    private LocalDateTime local(Instant instant) {
        return LocalDateTime.ofInstant(instant, zone);
    }
}
