package io.yardmaster.app;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.yardmaster.calendar.BusinessCalendar;
import io.yardmaster.timetable.CalendarRule;
import io.yardmaster.timetable.FollowedCalendar;
import io.yardmaster.timetable.Gap;
import io.yardmaster.timetable.Occurrence;
import io.yardmaster.timetable.Occurrences;
import io.yardmaster.timetable.Overlap;
import io.yardmaster.timetable.Timetable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * When a cron expression comes next, as somebody asks it.
 *
 * @param cron the expression
 * @param dialect {@code quartz} or {@code unix}; null for Quartz's
 * @param zone IANA name
 * @param from only instants strictly after it; ISO 8601 with an offset or {@code Z}
 * @param count how many, 1 to {@value #MOST}; null for {@value #USUAL}
 * @param gap rule for local times that a clock change leaves out; null for the expression's default
 * @param overlap rule for local times that come twice; null for the expression's default
 */
record NextQuestion(
        @JsonProperty("cron") String cron,
        @JsonProperty("dialect") String dialect,
        @JsonProperty("zone") String zone,
        @JsonProperty("from") String from,
        @JsonProperty("count") Integer count,
        @JsonProperty("gap") String gap,
        @JsonProperty("overlap") String overlap) {
    static final int MOST = 100_000;
    static final int USUAL = 10;

    /**
     * @return in order; fewer than asked for if no more come before the year 2100
     * @throws Refused naming what is wrong
     * @throws io.yardmaster.timetable.BadTimetable if the expression or the zone is
     */
    List<Instant> answer() {
        return answer(null, null);
    }

    /**
     * As {@link #answer()}, by a business calendar.
     *
     * @param rule what becomes of instants that the calendar does not allow; null, with {@code calendar}, for none
     */
    List<Instant> answer(CalendarRule rule, BusinessCalendar calendar) {
        Timetable timetable = new Timetable(
                kind(),
                given("cron", cron),
                given("zone", zone),
                choice("gap", gap, Gap.class),
                choice("overlap", overlap, Overlap.class));
        Instant after = instant();
        int wanted = wanted();
        Occurrences occurrences = timetable
                .with(calendar == null ? null : new FollowedCalendar(0, rule))
                .occurrences(calendar);
        List<Instant> found = new ArrayList<>();
        List<Occurrence> due = occurrences.kept(after, Instant.MAX);
        while (found.size() < wanted && !due.isEmpty()) {
            due.forEach(occurrence -> found.add(occurrence.at()));
            due = occurrences.kept(due.get(0).at(), Instant.MAX);
        }
        return found.subList(0, Math.min(wanted, found.size()));
    }

    private Timetable.Kind kind() {
        if (dialect == null || dialect.equalsIgnoreCase("quartz")) {
            return Timetable.Kind.CRON;
        }
        if (dialect.equalsIgnoreCase("unix")) {
            return Timetable.Kind.UNIX_CRON;
        }
        throw new Refused("dialect is '" + dialect + "'; right would be quartz or unix");
    }

    private Instant instant() {
        try {
            return OffsetDateTime.parse(given("from", from)).toInstant();
        } catch (DateTimeException unreadable) {
            throw new Refused(
                    "from is '" + from + "'; right would be an instant such as 2026-03-07T00:00:00Z", unreadable);
        }
    }

    private int wanted() {
        int wanted = count == null ? USUAL : count;
        if (wanted < 1 || wanted > MOST) {
            throw new Refused("count is " + wanted + "; right would be 1 to " + MOST);
        }
        return wanted;
    }

    private static String given(String field, String value) {
        if (value == null || value.isBlank()) {
            throw new Refused(field + " is missing");
        }
        return value;
    }

    static <E extends Enum<E>> E choice(String field, String value, Class<E> type) {
        if (value == null) {
            return null;
        }
        String wanted = value.toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new Refused(field + " is '" + value + "'; right would be "
                        + Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "))));
    }
}
