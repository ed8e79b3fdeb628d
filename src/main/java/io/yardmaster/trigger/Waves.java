package io.yardmaster.trigger;

import io.yardmaster.timetable.BadTimetable;
import io.yardmaster.timetable.Occurrence;
import io.yardmaster.timetable.Occurrences;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The instants of timetables with the schedules that follow them. One that has more instants than there are cells is counted
 * by the cell, so that each second of a day costs no more than each minute; what would go beyond {@link #MOST_STEPS} is left
 * out, the timetables with the fewest schedules first.
 */
final class Waves {
    private static final long MOST_STEPS = 1_500_000;

    private final ForecastGrid grid;
    private final List<Wave> waves = new ArrayList<>();
    private long steps;
    private int leftOut;

    private record Alike(DatedTimetable when, Set<Instant> settled) {}

    /** At each second so many of the timetable's instants. */
    @SuppressWarnings("ArrayRecordComponent") // many figures, never compared
    private record Wave(long[] seconds, long[] instants, List<Rider> riders) {}

    /** A schedule with the jitter of its job, which is asked for again and again. */
    private record Rider(Upcoming of, Jitter jitter) {}

    /** @param moved how many schedules were given the jitter */
    @SuppressWarnings("ArrayRecordComponent") // many figures, never compared
    record Sums(long[] runs, double[] seconds, long moved) {}

    private Waves(ForecastGrid grid) {
        this.grid = grid;
    }

    static Waves of(List<Upcoming> schedules, ForecastGrid grid) {
        Map<Alike, List<Upcoming>> followers = new LinkedHashMap<>();
        schedules.forEach(one -> followers
                .computeIfAbsent(new Alike(one.when(), one.settled()), key -> new ArrayList<>())
                .add(one));
        Waves waves = new Waves(grid);
        followers.values().stream()
                .sorted(Comparator.comparing(all -> -all.size()))
                .forEach(waves::add);
        return waves;
    }

    int leftOut() {
        return leftOut;
    }

    private void add(List<Upcoming> schedules) {
        try {
            Upcoming first = schedules.get(0);
            Occurrences occurrences =
                    first.when().timetable().occurrences(first.calendar()).without(first.settled());
            long count = occurrences.count(grid.from(), grid.end());
            long cost = Math.min(count, grid.cells()) * (1 + schedules.size());
            if (steps + cost > MOST_STEPS) {
                leftOut += schedules.size();
                return;
            }
            steps += cost;
            waves.add(count <= grid.cells() ? each(occurrences, schedules) : byCell(occurrences, schedules));
        } catch (BadTimetable unreadable) {
            leftOut += schedules.size();
        }
    }

    private Wave each(Occurrences occurrences, List<Upcoming> schedules) {
        long[] seconds = occurrences.between(grid.from(), grid.end(), Integer.MAX_VALUE).stream()
                .filter(occurrence -> !occurrence.skipped())
                .map(Occurrence::at)
                .mapToLong(Instant::getEpochSecond)
                .toArray();
        long[] instants = new long[seconds.length];
        Arrays.fill(instants, 1);
        return new Wave(seconds, instants, riders(schedules));
    }

    private static List<Rider> riders(List<Upcoming> schedules) {
        return schedules.stream()
                .map(one -> new Rider(one, Jitter.of(one.job())))
                .toList();
    }

    private Wave byCell(Occurrences occurrences, List<Upcoming> schedules) {
        long[] seconds = new long[grid.cells()];
        long[] instants = new long[grid.cells()];
        for (int cell = 0; cell < grid.cells(); cell++) {
            Instant start = OnStretch.latest(grid.from(), grid.at(cell).minusNanos(1));
            Instant end = grid.at(cell + 1).minusNanos(1);
            seconds[cell] = grid.at(cell).getEpochSecond();
            instants[cell] = end.isAfter(start) ? occurrences.countKept(start, end) : 0;
        }
        return new Wave(seconds, instants, riders(schedules));
    }

    /** @param jitter that schedules get which start runs in a hot cell, unless they have more; 0 for none */
    Sums sums(int jitter, boolean[] hot) {
        long[] runs = new long[grid.cells()];
        double[] seconds = new double[grid.cells()];
        long moved = 0;
        for (Wave wave : waves) {
            for (Rider one : wave.riders) {
                boolean moves = jitter > one.of.jitter() && meets(wave, one, hot);
                moved += moves ? 1 : 0;
                add(wave, one, moves ? jitter : one.of.jitter(), new Sums(runs, seconds, 0));
            }
        }
        return new Sums(runs, seconds, moved);
    }

    private boolean meets(Wave wave, Rider one, boolean[] hot) {
        int shift = one.jitter.upTo(one.of.jitter());
        for (int i = 0; i < wave.seconds.length; i++) {
            int cell = grid.cell(wave.seconds[i] + shift);
            if (cell >= 0 && cell < hot.length && hot[cell] && wave.instants[i] > 0) {
                return true;
            }
        }
        return false;
    }

    private void add(Wave wave, Rider one, int jitter, Sums sums) {
        int shift = one.jitter.upTo(jitter);
        for (int i = 0; i < wave.seconds.length; i++) {
            int cell = grid.cell(wave.seconds[i] + shift);
            if (cell >= 0 && cell < sums.runs.length && one.of.has(Instant.ofEpochSecond(wave.seconds[i]))) {
                sums.runs[cell] += wave.instants[i];
                sums.seconds[cell] += wave.instants[i] * one.of.seconds();
            }
        }
    }
}
