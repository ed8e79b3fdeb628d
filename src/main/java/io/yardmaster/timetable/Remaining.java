package io.yardmaster.timetable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * All but a few.
 *
 * @param gone nominal instants of those few
 */
record Remaining(Occurrences all, Set<Instant> gone) implements Occurrences {
    @Override
    public List<Occurrence> after(Instant instant) {
        List<Occurrence> next = all.after(instant);
        List<Occurrence> left = left(next);
        while (left.isEmpty() && !next.isEmpty()) {
            next = all.after(next.get(0).at());
            left = left(next);
        }
        return left;
    }

    @Override
    public List<Occurrence> kept(Instant instant, Instant through) {
        List<Occurrence> next = all.kept(instant, through);
        List<Occurrence> left = left(next);
        while (left.isEmpty() && !next.isEmpty()) {
            next = all.kept(next.get(0).at(), through);
            left = left(next);
        }
        return left;
    }

    @Override
    public List<Occurrence> between(Instant afterExclusive, Instant throughInclusive, int limit) {
        int enough = limit > Integer.MAX_VALUE - gone.size() ? Integer.MAX_VALUE : limit + gone.size();
        return CalendarTimes.withCompanions(left(all.between(afterExclusive, throughInclusive, enough)), limit);
    }

    @Override
    public boolean repeatWithinDay() {
        return all.repeatWithinDay();
    }

    @Override
    public Optional<Occurrence> by(Instant nominal) {
        return gone.contains(nominal) ? Optional.empty() : all.by(nominal);
    }

    @Override
    public List<Occurrence> named(Instant afterExclusive, Instant throughInclusive, int limit) {
        return left(all.named(afterExclusive, throughInclusive, limit));
    }

    @Override
    public List<Occurrence> across(Instant moment) {
        return left(all.across(moment));
    }

    @Override
    public long count(Instant afterExclusive, Instant throughInclusive) {
        return all.count(afterExclusive, throughInclusive) - gone(afterExclusive, throughInclusive, one -> true);
    }

    @Override
    public long countKept(Instant afterExclusive, Instant throughInclusive) {
        return all.countKept(afterExclusive, throughInclusive)
                - gone(afterExclusive, throughInclusive, one -> !one.skipped());
    }

    private long gone(Instant after, Instant through, Predicate<Occurrence> counts) {
        return gone.stream()
                .flatMap(nominal -> all.by(nominal).stream())
                .filter(one -> one.at().isAfter(after) && !one.at().isAfter(through))
                .filter(counts)
                .count();
    }

    private List<Occurrence> left(List<Occurrence> some) {
        return some.stream().filter(one -> !gone.contains(one.nominal())).toList();
    }
}
