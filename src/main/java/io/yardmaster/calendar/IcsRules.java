package io.yardmaster.calendar;

import io.yardmaster.database.Invalid;
import java.time.LocalDate;
import java.util.SortedSet;
import java.util.TreeSet;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.Freq;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRule.Part;
import org.dmfs.rfc5545.recur.RecurrenceRule.RfcMode;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;

/** On which days events begin. What all rules of a file may cost is bounded. */
final class IcsRules {
    private static final int LONGEST = 300;
    private static final int MOST_RULES = 200;
    private static final int MOST_STEPS = 100_000;

    private final FoundDays found;
    private final LocalDate horizon;
    private int rules;
    private int steps;

    /** @param horizon the last day up to which rules are followed */
    IcsRules(FoundDays found, LocalDate horizon) {
        this.found = found;
        this.horizon = horizon;
    }

    /** @throws Invalid if a rule cannot be read or leads too far */
    SortedSet<LocalDate> starts(IcsEvent event) {
        LocalDate first = event.span().start().toLocalDate();
        SortedSet<LocalDate> starts = new TreeSet<>(event.added());
        starts.add(first);
        for (IcsLine line : event.rules()) {
            follow(line, first, starts);
            // rules of birthdays and the like began long ago
            starts.removeIf(day -> day.isBefore(CalendarRules.EARLIEST));
        }
        return starts;
    }

    private void follow(IcsLine line, LocalDate first, SortedSet<LocalDate> starts) {
        RecurrenceRule rule = rule(line);
        try {
            RecurrenceRuleIterator days = rule.iterator(date(first));
            while (days.hasNext()) {
                LocalDate day = day(days.nextDateTime());
                if (day.isAfter(horizon)) {
                    found.remark("import.horizon", line.number(), IcsLine.shortened(line.value()), horizon);
                    return;
                }
                starts.add(day);
                count(line);
            }
        } catch (IllegalArgumentException | ArithmeticException endless) {
            // the library's word for a rule that names no further day
            throw line.wrong("invalid.import.rule-empty");
        }
    }

    private void count(IcsLine line) {
        steps++;
        if (steps > MOST_STEPS) {
            throw line.wrong("invalid.import.rule-long");
        }
    }

    private RecurrenceRule rule(IcsLine line) {
        rules++;
        if (rules > MOST_RULES || line.value().length() > LONGEST) {
            throw line.wrong("invalid.import.rule-long");
        }
        try {
            RecurrenceRule rule = new RecurrenceRule(line.value(), RfcMode.RFC5545_STRICT);
            boolean withinDay = rule.getFreq().compareTo(Freq.DAILY) > 0
                    || rule.hasPart(Part.BYHOUR)
                    || rule.hasPart(Part.BYMINUTE)
                    || rule.hasPart(Part.BYSECOND);
            if (!withinDay) {
                DateTime until = rule.getUntil();
                if (until != null && !until.isAllDay()) {
                    rule.setUntil(date(day(until)));
                }
                return rule;
            }
        } catch (InvalidRecurrenceRuleException | IllegalArgumentException unreadable) {
            // told below
        }
        throw line.wrong("invalid.import.rule");
    }

    private static DateTime date(LocalDate day) {
        return new DateTime(day.getYear(), day.getMonthValue() - 1, day.getDayOfMonth());
    }

    private static LocalDate day(DateTime day) {
        return LocalDate.of(day.getYear(), day.getMonth() + 1, day.getDayOfMonth());
    }
}
