package io.yardmaster.timetable;

import io.yardmaster.calendar.BusinessCalendar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A distinct "when", by which schedules share it: two timetables that are equal are one.
 *
 * @param kind how {@code expression} is to be read
 * @param expression upper case, its fields one space apart; at most {@value #EXPRESSION_LIMIT} characters
 * @param zone IANA name of the zone whose clock is meant
 * @param gap rule for local times that a clock change leaves out; null for the expression's default
 * @param overlap rule for local times that come twice; null for the expression's default
 * @param calendar the business calendar that it goes by; null for none
 */
public record Timetable(
        Kind kind, String expression, String zone, Gap gap, Overlap overlap, FollowedCalendar calendar) {
    /** The most that an expression may have. */
    public static final int EXPRESSION_LIMIT = 500;

    /** How an expression is to be read. */
    public enum Kind {
        /** Six or seven fields from second to year, as Quartz writes them, or a word such as {@code @daily}. */
        CRON("cron"),
        /** Five fields from minute to day of week, crontab(5), or a word. */
        UNIX_CRON("cron"),
        /** A repeating interval of ISO 8601, such as {@code R/2026-01-01T00:00Z/PT90S}. */
        RATE("rate"),
        /** Days picked out of periods, such as {@code every 3 months from 2026-01-01 at 18:00 on last working day}. */
        DATES("dates"),
        /** A period of ISO 8601 after the end of the last run; its instants are told by the runs alone. */
        DELAY("delay"),
        /** One local time or instant of ISO 8601. */
        ONCE("at");

        private final String field;

        Kind(String field) {
            this.field = field;
        }

        /** What a document calls its expression. */
        public String field() {
            return field;
        }
    }

    public Timetable {
        Objects.requireNonNull(kind, "kind");
        expression = Objects.requireNonNullElse(expression, "")
                .strip()
                .replaceAll("\\s+", " ")
                .toUpperCase(Locale.ROOT);
        zone = Objects.requireNonNullElse(zone, "").strip();
    }

    /** Without a business calendar. */
    public Timetable(Kind kind, String expression, String zone, Gap gap, Overlap overlap) {
        this(kind, expression, zone, gap, overlap, null);
    }

    /** Cron with the default rules for clock changes. */
    public static Timetable cron(String expression, String zone) {
        return new Timetable(Kind.CRON, expression, zone, null, null);
    }

    /** The same "when", going by that calendar; null for none. */
    public Timetable with(FollowedCalendar other) {
        return new Timetable(kind, expression, zone, gap, overlap, other);
    }

    /** Whether its instants may be due at another time than the expression says. */
    public boolean moves() {
        return calendar != null && calendar.rule() != CalendarRule.SKIP;
    }

    /** What is wrong with it, expression, zone and calendar's rule each for itself; empty if nothing is. */
    public List<BadTimetable> faults() {
        List<BadTimetable> found = new ArrayList<>();
        Timetable elsewhere = new Timetable(kind, expression, "UTC", gap, overlap);
        for (Runnable reading : List.<Runnable>of(elsewhere::occurrences, () -> Zones.parse(zone))) {
            try {
                reading.run();
            } catch (BadTimetable bad) {
                found.add(bad);
            }
        }
        if (found.isEmpty() && calendar != null) {
            try {
                CalendarFit.check(this, plain(WorkingDays.MONDAY_TO_FRIDAY));
            } catch (BadTimetable bad) {
                found.add(bad);
            }
        }
        return found;
    }

    /**
     * Reads the expression; costs some microseconds, so keep the result.
     *
     * @throws BadTimetable if expression or zone are wrong
     * @throws IllegalStateException if it goes by a calendar: what that says is needed
     */
    public Occurrences occurrences() {
        return occurrences(null);
    }

    /**
     * As {@link #occurrences()}.
     *
     * @param content what the calendar says that it goes by; null if it goes by none
     * @throws BadTimetable also if the calendar's rule does not fit the expression
     */
    public Occurrences occurrences(BusinessCalendar content) {
        if ((calendar == null) != (content == null)) {
            throw new IllegalStateException(this + " with calendar " + content);
        }
        return calendar == null
                ? plain(WorkingDays.MONDAY_TO_FRIDAY)
                : CalendarTimes.of(this, plain(content::isWorking), content);
    }

    /** As the expression says. */
    private Occurrences plain(WorkingDays working) {
        return switch (kind) {
            case CRON -> ZonedTimes.of(LocalCron.quartz(expression), this);
            case UNIX_CRON -> ZonedTimes.of(LocalCron.unix(expression), this);
            case RATE -> Repetition.of(this);
            case DATES -> ZonedTimes.of(LocalDates.parse(expression, working), this);
            case DELAY -> Delay.of(this);
            case ONCE -> Repetition.once(this);
        };
    }
}
