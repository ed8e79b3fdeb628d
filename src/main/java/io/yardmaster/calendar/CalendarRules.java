package io.yardmaster.calendar;

import io.yardmaster.database.Invalid;
import io.yardmaster.database.Names;
import io.yardmaster.database.Text;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** What makes a draft a calendar. */
public final class CalendarRules {
    /** The most days that a calendar may name. */
    public static final int MOST_DAYS = 5_000;

    /** Between these two is every day that a calendar may name. */
    public static final LocalDate EARLIEST = LocalDate.of(1970, 1, 1);

    public static final LocalDate LATEST = LocalDate.of(2099, 12, 31);

    static final int NAME_LIMIT = 200;

    private static final int MOST_BLACKOUTS = 24;
    /** Of one kind. */
    private static final int MOST_TOLD = 5;

    private CalendarRules() {}

    /** Adds every problem of {@code draft}. */
    public static void check(CalendarDraft draft, Invalid.Problems problems) {
        Names.check(draft.namespace(), draft.name(), draft.description(), problems);
        check(draft.content(), problems);
    }

    /** Adds every problem of {@code calendar}. */
    public static void check(BusinessCalendar calendar, Invalid.Problems problems) {
        problems.check(!calendar.weekdays().isEmpty(), "weekdays", "", "invalid.calendar.weekdays");
        LocalDate last = calendar.knownThrough();
        boolean known = last != null && !last.isBefore(EARLIEST) && !last.isAfter(LATEST);
        problems.check(known, "knownThrough", last, "invalid.calendar.known-through");
        checkDays("holidays", calendar.holidays(), known ? last : LATEST, problems);
        checkDays("workdays", calendar.workdays(), known ? last : LATEST, problems);
        calendar.workdays().keySet().stream()
                .filter(day -> calendar.holidays().containsKey(day))
                .limit(MOST_TOLD)
                .forEach(day -> problems.add("workdays", day, "invalid.calendar.both", day));
        checkBlackouts(calendar, problems);
    }

    private static void checkDays(
            String field, Map<LocalDate, String> days, LocalDate last, Invalid.Problems problems) {
        problems.check(days.size() <= MOST_DAYS, field, days.size(), "invalid.calendar.days", MOST_DAYS);
        days.keySet().stream()
                .filter(day -> day.isBefore(EARLIEST) || day.isAfter(last))
                .limit(MOST_TOLD)
                .forEach(day -> problems.add(field, day, "invalid.calendar.day", day, EARLIEST, last));
        days.values().stream()
                .filter(name -> name.length() > NAME_LIMIT || !Text.isStorable(name))
                .limit(MOST_TOLD)
                .forEach(name -> Text.check(field, name, NAME_LIMIT, problems));
    }

    private static void checkBlackouts(BusinessCalendar calendar, Invalid.Problems problems) {
        int count = calendar.blackouts().size();
        problems.check(count <= MOST_BLACKOUTS, "blackouts", count, "invalid.calendar.blackouts", MOST_BLACKOUTS);
        for (Blackout blackout : calendar.blackouts()) {
            boolean wholeSeconds = isWholeSecond(blackout.from()) && isWholeSecond(blackout.to());
            problems.check(
                    wholeSeconds && !blackout.from().equals(blackout.to()),
                    "blackouts",
                    blackout,
                    "invalid.calendar.blackout");
        }
        checkApart(calendar.blackouts(), problems);
        LocalDateTime start = EARLIEST.atStartOfDay();
        boolean free =
                calendar.blackouts().stream().anyMatch(blackout -> !calendar.isBlackedOut(start.with(blackout.to())));
        problems.check(count == 0 || free, "blackouts", count, "invalid.calendar.no-hour");
    }

    private static void checkApart(List<Blackout> blackouts, Invalid.Problems problems) {
        for (int i = 1; i < Math.min(blackouts.size(), MOST_BLACKOUTS); i++) {
            Blackout one = blackouts.get(i);
            for (Blackout other : blackouts.subList(0, i)) {
                boolean overlap = one.holds(other.from()) || other.holds(one.from());
                problems.check(!overlap, "blackouts", one, "invalid.calendar.overlap", other.toString());
            }
        }
    }

    private static boolean isWholeSecond(LocalTime time) {
        return time.equals(time.truncatedTo(ChronoUnit.SECONDS));
    }
}
