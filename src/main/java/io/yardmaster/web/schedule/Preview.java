package io.yardmaster.web.schedule;

import io.yardmaster.database.Said;
import io.yardmaster.timetable.Adjustment;
import io.yardmaster.timetable.BadTimetable;
import io.yardmaster.timetable.Occurrence;
import io.yardmaster.timetable.Timetable;
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
 * @param problems why there is no timetable; empty if there is one
 */
public record Preview(When when, List<Fire> fires, List<Said> problems) {
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
    }

    /** Those after {@code from}; a timetable that cannot be read becomes a preview that says why. */
    public static Preview of(Timetable timetable, Instant from) {
        When when = new When(timetable.expression(), timetable.zone());
        try {
            List<Occurrence> next = timetable.occurrences().preview(from, FIRES);
            ZoneId zone = ZoneId.of(timetable.zone());
            return new Preview(
                    when,
                    next.stream()
                            .map(fire -> new Fire(fire.at(), zone, fire.adjustment()))
                            .toList(),
                    List.of());
        } catch (BadTimetable bad) {
            return new Preview(
                    when,
                    List.of(),
                    timetable.faults().stream().map(Preview::said).toList());
        }
    }

    private static Said said(BadTimetable bad) {
        return Said.of(bad.key(), bad.arguments());
    }
}
