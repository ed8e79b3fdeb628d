package io.yardmaster.timetable;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.calendar.Blackout;
import io.yardmaster.calendar.BusinessCalendar;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Random calendars, expressions, zones and rules, against brute force. */
final class CalendarOracleTest {
    private static final List<String> ZONES =
            List.of("UTC", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Cairo");
    private static final List<CalendarRule> RULES = List.of(CalendarRule.values());
    private static final int TURNS = 300;
    private static final int DAY = 86_400;
    private static final int REACH = 70 * DAY;

    private final Random random = new Random(3);
    private final GeneratedCron generated = new GeneratedCron(random);

    private record Due(long at, long nominal, boolean skipped) {}

    // R1 R4
    @Test
    void agrees_with_brute_force_on_what_is_due_when() {
        long compared = 0;
        for (int turn = 0; turn < TURNS; turn++) {
            compared += compare(RULES.get(turn % 3), calendar());
        }
        assertThat(compared).isGreaterThan(10_000);
    }

    // R4: what the preview of a change leaves out does not change
    @Test
    void finds_all_that_another_calendar_has_due_at_another_time() {
        int differ = 0;
        for (int turn = 0; turn < TURNS; turn++) {
            BusinessCalendar before = calendar();
            SortedMap<LocalDate, String> holidays = new TreeMap<>(before.holidays());
            LocalDate start = LocalDate.of(2026, 3, 1).plusDays(random.nextInt(30));
            start.datesUntil(start.plusDays(1 + random.nextInt(40))).forEach(day -> holidays.put(day, ""));
            BusinessCalendar after = before.with(holidays, before.workdays());
            differ += differ(RULES.get(turn % 3), turn % 10 == 0 ? calendar() : after, before);
        }
        assertThat(differ).isGreaterThan(1_000);
    }

    private int differ(CalendarRule rule, BusinessCalendar after, BusinessCalendar before) {
        String cron = "0 0 " + random.nextInt(24) + "," + random.nextInt(24) + " * * ?";
        Timetable timetable =
                Timetable.cron(cron, ZONES.get(random.nextInt(ZONES.size()))).with(new FollowedCalendar(1, rule));
        Instant from = Instant.parse("2026-03-05T07:00:00Z").plusSeconds(random.nextInt(30 * DAY));
        Instant through = from.plusSeconds(30L * DAY);
        Occurrences was = timetable.occurrences(before);
        Occurrences will = timetable.occurrences(after);
        Set<Instant> different = Stream.of(was, will)
                .flatMap(either -> either.between(from, through, Integer.MAX_VALUE).stream())
                .map(Occurrence::nominal)
                .filter(nominal -> !was.by(nominal).equals(will.by(nominal)))
                .collect(Collectors.toSet());
        assertThat(new CalendarDifference(before, after, from, through).instants(timetable, was, will, 100_000))
                .containsAll(different);
        return different.size();
    }

    private int compare(CalendarRule rule, BusinessCalendar calendar) {
        String days = generated.next().split(" ", 4)[3];
        String cron = "0 " + random.nextInt(60) + "," + random.nextInt(60) + " " + random.nextInt(24) + ","
                + random.nextInt(24) + " " + days;
        ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
        long from = LocalDate.of(2026, 1, 1).toEpochDay() * DAY + random.nextInt(300 * DAY);
        long to = from + 90 * DAY;
        Timetable timetable = Timetable.cron(cron, zone.getId()).with(new FollowedCalendar(1, rule));
        List<Due> found = found(timetable, calendar, from, to);
        assertThat(found)
                .as("%s in %s, %s by %s after %s", cron, zone, rule, calendar, Instant.ofEpochSecond(from))
                .isEqualTo(expected(cron, zone, new Naive(rule, calendar, zone), from, to));
        compareOther(timetable, calendar, found);
        return found.size();
    }

    /** What tells the same in other ways, of one half of them left away. */
    private void compareOther(Timetable timetable, BusinessCalendar calendar, List<Due> found) {
        if (found.size() < 4) {
            return;
        }
        Occurrences all = timetable.occurrences(calendar);
        Set<Instant> gone = found.stream()
                .filter(due -> random.nextBoolean())
                .map(due -> Instant.ofEpochSecond(due.nominal))
                .collect(Collectors.toSet());
        Instant from = Instant.ofEpochSecond(found.get(0).at);
        Instant to = Instant.ofEpochSecond(found.get(found.size() - 1).at);
        List<Due> left = found.stream()
                .filter(due -> due.at > found.get(0).at && !gone.contains(Instant.ofEpochSecond(due.nominal)))
                .toList();
        long kept = left.stream().filter(due -> !due.skipped).count();
        Occurrences some = all.without(gone);
        assertThat(some.between(from, to, Integer.MAX_VALUE).stream().map(CalendarOracleTest::due))
                .containsExactlyElementsOf(left);
        assertThat(some.between(from, to, 2)).hasSizeGreaterThanOrEqualTo(Math.min(2, left.size()));
        assertThat(some.count(from, to)).isEqualTo(left.size());
        assertThat(some.countKept(from, to)).isEqualTo(kept);
        assertThat(kept(some, from, to)).isEqualTo(kept);
        Instant middle = Instant.ofEpochSecond(found.get(found.size() / 2).at + random.nextInt(DAY));
        assertThat(all.across(middle).stream().map(CalendarOracleTest::due).filter(found::contains))
                .containsExactlyInAnyOrderElementsOf(found.stream()
                        .filter(due -> due.at > middle.getEpochSecond() != due.nominal > middle.getEpochSecond())
                        .toList());
        assertThat(found)
                .allMatch(due -> all.by(Instant.ofEpochSecond(due.nominal))
                        .map(CalendarOracleTest::due)
                        .filter(due::equals)
                        .isPresent());
    }

    private static long kept(Occurrences some, Instant from, Instant to) {
        long count = 0;
        List<Occurrence> due = some.kept(from, to);
        while (!due.isEmpty()) {
            count += due.size();
            due = some.kept(due.get(0).at(), to);
        }
        return count;
    }

    private static Due due(Occurrence one) {
        return new Due(one.at().getEpochSecond(), one.nominal().getEpochSecond(), one.skipped());
    }

    private static List<Due> found(Timetable timetable, BusinessCalendar calendar, long from, long to) {
        List<Due> found = new ArrayList<>();
        try {
            Occurrences occurrences = timetable.occurrences(calendar);
            List<Occurrence> due = occurrences.after(Instant.ofEpochSecond(from));
            while (!due.isEmpty() && due.get(0).at().getEpochSecond() <= to) {
                due.forEach(one -> found.add(due(one)));
                due = occurrences.after(due.get(0).at());
            }
        } catch (BadTimetable never) {
            assertThat(never).hasMessageContaining("never comes");
        }
        return found;
    }

    private static List<Due> expected(String cron, ZoneId zone, Naive naive, long from, long to) {
        return new CronOracle(cron, null, null)
                .between(from - REACH, to + REACH, zone).stream()
                        .map(naive::due)
                        .filter(due -> due.at > from && due.at <= to)
                        .sorted(Comparator.comparingLong(Due::at).thenComparingLong(Due::nominal))
                        .toList();
    }

    /** Asks minute by minute and day by day. */
    private record Naive(CalendarRule rule, BusinessCalendar calendar, ZoneId zone) {
        Due due(long nominal) {
            LocalDateTime local = LocalDateTime.ofInstant(Instant.ofEpochSecond(nominal), zone);
            if (allowed(local)) {
                return new Due(nominal, nominal, false);
            }
            LocalDateTime moved = rule == CalendarRule.SKIP ? null : toWorking(local);
            while (moved != null && dark(moved)) {
                moved = moved.plusMinutes(1);
            }
            moved = moved == null ? null : toWorking(moved);
            long at = moved == null ? nominal : resolve(moved);
            LocalDateTime landed = LocalDateTime.ofInstant(Instant.ofEpochSecond(at), zone);
            while (moved != null && dark(landed)) {
                // led into a blackout by a clock change
                landed = landed.plusMinutes(1);
                at = resolve(toWorking(landed));
            }
            return new Due(at, nominal, moved == null);
        }

        private boolean allowed(LocalDateTime local) {
            return works(local.toLocalDate()) && !dark(local);
        }

        private LocalDateTime toWorking(LocalDateTime local) {
            for (int days = 0; days <= 31; days++) {
                LocalDateTime there = local.plusDays(rule == CalendarRule.NEXT ? days : -days);
                if (works(there.toLocalDate())) {
                    return there;
                }
            }
            return null;
        }

        private boolean works(LocalDate day) {
            if (calendar.workdays().containsKey(day)) {
                return true;
            }
            return !calendar.holidays().containsKey(day) && calendar.weekdays().contains(day.getDayOfWeek());
        }

        private boolean dark(LocalDateTime local) {
            int second = local.toLocalTime().toSecondOfDay();
            return calendar.blackouts().stream().anyMatch(window -> {
                int from = window.from().toSecondOfDay();
                int length = Math.floorMod(window.to().toSecondOfDay() - from, DAY);
                return Math.floorMod(second - from, DAY) < length;
            });
        }

        /** The default rules of a named time. */
        private long resolve(LocalDateTime local) {
            List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
            return offsets.isEmpty()
                    ? zone.getRules().getTransition(local).toEpochSecond()
                    : local.toEpochSecond(offsets.get(0));
        }
    }

    private BusinessCalendar calendar() {
        Set<DayOfWeek> weekdays = EnumSet.of(DayOfWeek.of(1 + random.nextInt(7)));
        for (DayOfWeek day : DayOfWeek.values()) {
            if (random.nextInt(4) > 0) {
                weekdays.add(day);
            }
        }
        SortedMap<LocalDate, String> holidays = new TreeMap<>();
        LocalDate start = LocalDate.of(2025, 10, 1);
        for (int stretch = random.nextInt(12); stretch > 0; stretch--) {
            LocalDate day = start.plusDays(random.nextInt(600));
            int length = random.nextInt(6) == 0 ? 25 + random.nextInt(30) : 1 + random.nextInt(4);
            for (int days = 0; days < length; days++) {
                holidays.put(day.plusDays(days), "");
            }
        }
        SortedMap<LocalDate, String> workdays = new TreeMap<>();
        for (int days = random.nextInt(8); days > 0; days--) {
            workdays.put(start.plusDays(random.nextInt(600)), "");
        }
        return new BusinessCalendar(weekdays, holidays, workdays, blackouts(), LocalDate.of(2027, 12, 31));
    }

    private List<Blackout> blackouts() {
        List<Blackout> blackouts = new ArrayList<>();
        for (int windows = random.nextInt(4); windows > 0; windows--) {
            LocalTime from = LocalTime.of(random.nextInt(24), 15 * random.nextInt(4));
            blackouts.add(new Blackout(from, from.plusMinutes(15L * (1 + random.nextInt(24)))));
        }
        return blackouts;
    }
}
