package io.yardmaster.web.schedule;

import io.yardmaster.database.Invalid;
import io.yardmaster.database.Said;
import io.yardmaster.timetable.Adjustment;
import io.yardmaster.timetable.BadTimetable;
import io.yardmaster.timetable.Occurrence;
import io.yardmaster.timetable.Timetable;
import io.yardmaster.trigger.Terms;
import io.yardmaster.web.form.Amounts;
import io.yardmaster.web.form.Form;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

/**
 * The next instants of a timetable, from the very code that fires them.
 *
 * @param when what is previewed
 * @param fires in order; empty if none comes
 * @param jitter by how much each run may start later; none for zero
 * @param problems why there is no timetable; empty if there is one
 */
public record Preview(When when, List<Fire> fires, Duration jitter, List<Said> problems) {
    static final int FIRES = 10;

    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    /**
     * @param at the instant
     * @param zone whose clock the timetable goes by
     * @param adjustment what a change of that clock did to it
     */
    public record Fire(Instant at, ZoneId zone, Adjustment adjustment) {
        /** As the timetable's own clock shows it. */
        public String local() {
            return LOCAL.format(at.atZone(zone));
        }

        public String weekday(Locale locale) {
            return at.atZone(zone).getDayOfWeek().getDisplayName(TextStyle.SHORT, locale);
        }

        public boolean adjusted() {
            return adjustment != Adjustment.NONE;
        }

        /** Whether another clock shows another time then. */
        public boolean differsIn(ZoneId other) {
            return !zone.getRules().getOffset(at).equals(other.getRules().getOffset(at));
        }
    }

    /** What {@code form} would do from {@code now} on; null if it names no schedule yet. */
    public static Preview of(Form form, Instant now) {
        if (ScheduleForm.isBlank(form)) {
            return null;
        }
        Invalid.Problems problems = new Invalid.Problems();
        Timetable timetable = ScheduleForm.timetable(form, problems);
        Terms terms = ScheduleForm.terms(form, problems);
        if (problems.none()) {
            return of(timetable, terms, now);
        }
        return refused(
                timetable, problems.all().stream().map(Invalid.Problem::said).toList());
    }

    /** Those after {@code from}; a timetable that cannot be read becomes a preview that says why. */
    static Preview of(Timetable timetable, Terms terms, Instant from) {
        try {
            ZoneId zone = ZoneId.of(timetable.zone());
            List<Fire> fires = next(timetable, terms, from).stream()
                    .map(fire -> new Fire(fire.at(), zone, fire.adjustment()))
                    .toList();
            return new Preview(When.of(timetable), fires, terms.jitter(), List.of());
        } catch (BadTimetable | java.time.DateTimeException bad) {
            return refused(
                    timetable, timetable.faults().stream().map(Preview::said).toList());
        }
    }

    /** The next ten within the schedule's validity. */
    static List<Occurrence> next(Timetable timetable, Terms terms, Instant from) {
        boolean later = terms.validFrom() != null && terms.validFrom().isAfter(from);
        Instant start = later ? terms.validFrom().minusNanos(1) : from;
        return timetable.occurrences().preview(start, FIRES).stream()
                .filter(fire -> terms.validUntil() == null || !fire.at().isAfter(terms.validUntil()))
                .toList();
    }

    private static Preview refused(Timetable timetable, List<Said> why) {
        return new Preview(When.of(timetable), List.of(), Duration.ZERO, why);
    }

    /** Null for none. */
    public Said jittered() {
        return jitter.isZero() ? null : Said.of("schedule.preview.jitter", Amounts.ofSeconds(jitter.toSeconds()));
    }

    private static Said said(BadTimetable bad) {
        return Said.of(bad.key(), bad.arguments());
    }
}
