package io.yardmaster.timetable;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The truth by brute force: goes through every day and minute of a stretch, asks each whether it matches and the
 * zone's rules which instants its seconds mean. Reads expressions of numbers only, and knows nothing of the product's parsers.
 */
final class CronOracle {
    private final String[] fields;
    private final BitSet seconds;
    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet months;
    private final Gap gap;
    private final Overlap overlap;
    private final boolean unix;

    /** Reads Quartz's dialect. */
    CronOracle(String expression, Gap gap, Overlap overlap) {
        this(expression.split(" "), gap, overlap, false);
    }

    /** Reads crontab(5)'s dialect. */
    static CronOracle unix(String expression, Gap gap, Overlap overlap) {
        return new CronOracle(("0 " + expression).split(" "), gap, overlap, true);
    }

    private CronOracle(String[] fields, Gap gap, Overlap overlap, boolean unix) {
        this.fields = fields;
        this.unix = unix;
        seconds = set(fields[0], 0, 59);
        minutes = set(fields[1], 0, 59);
        hours = set(fields[2], 0, 23);
        months = set(fields[4], 1, 12);
        String times = fields[0] + fields[1] + fields[2];
        boolean interval = times.contains("*") || times.contains("-") || times.contains("/");
        this.gap = gap != null ? gap : interval ? Gap.SKIP : Gap.END_OF_GAP;
        this.overlap = overlap != null ? overlap : interval ? Overlap.BOTH : Overlap.FIRST;
    }

    /** The epoch seconds of all instants after {@code from} and up to {@code to}. */
    List<Long> between(long from, long to, ZoneId zone) {
        TreeSet<Long> instants = new TreeSet<>();
        LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(from, 86_400) - 3);
        LocalDate last = LocalDate.ofEpochDay(Math.floorDiv(to, 86_400) + 3);
        for (; !day.isAfter(last); day = day.plusDays(1)) {
            if (matches(day)) {
                everyMatch(day, zone.getRules(), instants);
            }
        }
        return new ArrayList<>(instants.subSet(from, false, to, true));
    }

    private void everyMatch(LocalDate day, ZoneRules rules, Set<Long> instants) {
        for (int minute = 0; minute < 1440; minute++) {
            if (hours.get(minute / 60) && minutes.get(minute % 60)) {
                for (int second = seconds.nextSetBit(0); second >= 0; second = seconds.nextSetBit(second + 1)) {
                    resolve(day.atTime(minute / 60, minute % 60, second), rules, instants);
                }
            }
        }
    }

    private void resolve(LocalDateTime local, ZoneRules rules, Set<Long> instants) {
        List<ZoneOffset> offsets = rules.getValidOffsets(local);
        if (offsets.isEmpty()) {
            ZoneOffsetTransition change = rules.getTransition(local);
            if (gap == Gap.END_OF_GAP) {
                instants.add(change.toEpochSecond());
            } else if (gap == Gap.SHIFT) {
                instants.add(local.plus(change.getDuration()).toEpochSecond(change.getOffsetAfter()));
            }
        } else if (offsets.size() == 1) {
            instants.add(local.toEpochSecond(offsets.get(0)));
        } else {
            if (overlap != Overlap.SECOND) {
                instants.add(local.toEpochSecond(offsets.get(0)));
            }
            if (overlap != Overlap.FIRST) {
                instants.add(local.toEpochSecond(offsets.get(1)));
            }
        }
    }

    private boolean matches(LocalDate day) {
        if (unix) {
            return months.get(day.getMonthValue()) && isUnixDay(day);
        }
        boolean year = fields.length == 6 || set(fields[6], 1970, 2099).get(day.getYear());
        return year && months.get(day.getMonthValue()) && (fields[5].equals("?") ? ofMonth(day) : ofWeek(day));
    }

    /** crontab(5): either, when both are restricted; both, when one begins with an asterisk. */
    private boolean isUnixDay(LocalDate day) {
        boolean ofMonth = set(fields[3], 1, 31).get(day.getDayOfMonth());
        BitSet week = set(fields[5], 0, 7);
        int number = day.getDayOfWeek().getValue();
        boolean ofWeek = week.get(number) || (number == 7 && week.get(0));
        boolean both = fields[3].startsWith("*") || fields[5].startsWith("*");
        return both ? ofMonth && ofWeek : ofMonth || ofWeek;
    }

    private boolean ofMonth(LocalDate day) {
        String field = fields[3];
        LocalDate last = day.with(TemporalAdjusters.lastDayOfMonth());
        if (field.equals("LW")) {
            return day.equals(nearestWeekday(last));
        }
        if (field.startsWith("L")) {
            int before = field.equals("L") ? 0 : Integer.parseInt(field.substring(2));
            return day.equals(last.minusDays(before)) && last.getDayOfMonth() > before;
        }
        if (field.endsWith("W")) {
            int wanted = Integer.parseInt(field.substring(0, field.length() - 1));
            return wanted <= last.getDayOfMonth() && day.equals(nearestWeekday(day.withDayOfMonth(wanted)));
        }
        return set(field, 1, 31).get(day.getDayOfMonth());
    }

    /** Never leaves the month. */
    private static LocalDate nearestWeekday(LocalDate day) {
        if (day.getDayOfWeek() == DayOfWeek.SATURDAY) {
            return day.getDayOfMonth() == 1 ? day.plusDays(2) : day.minusDays(1);
        }
        if (day.getDayOfWeek() == DayOfWeek.SUNDAY) {
            return day.getDayOfMonth() == day.lengthOfMonth() ? day.minusDays(2) : day.plusDays(1);
        }
        return day;
    }

    private boolean ofWeek(LocalDate day) {
        String field = fields[5];
        int number = day.getDayOfWeek().getValue() % 7 + 1;
        int nth = (day.getDayOfMonth() - 1) / 7 + 1;
        if (field.endsWith("L")) {
            boolean last = day.getDayOfMonth() + 7 > day.lengthOfMonth();
            return last && number == Integer.parseInt(field.substring(0, 1));
        }
        if (field.contains("#")) {
            return number == Integer.parseInt(field.substring(0, 1)) && nth == Integer.parseInt(field.substring(2));
        }
        return set(field, 1, 7).get(number);
    }

    private static BitSet set(String field, int least, int most) {
        BitSet set = new BitSet();
        for (String item : field.split(",", -1)) {
            String[] parts = item.split("/", -1);
            int step = parts.length == 2 ? Integer.parseInt(parts[1]) : 1;
            String[] ends = parts[0].split("-", -1);
            int from = parts[0].equals("*") ? least : Integer.parseInt(ends[0]);
            int to = ends.length == 2 ? Integer.parseInt(ends[1]) : item.matches("[0-9]+") ? from : most;
            int span = most - least + 1;
            for (int value = from; value <= (to < from ? to + span : to); value += step) {
                set.set((value - least) % span + least);
            }
        }
        return set;
    }
}
