package io.yardmaster.timetable;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** How long after the end of the last run the next begins. */
public final class Delay {
    /** What PostgreSQL reads as Java does: it adds the delay to the end of the run. */
    private static final Pattern FORM =
            Pattern.compile("P([0-9]{1,9}D)?(T([0-9]{1,9}H)?([0-9]{1,9}M)?([0-9]{1,9}S)?)?");

    private Delay() {}

    /** No instant of it is known before the last run has ended. */
    static Occurrences of(Timetable timetable) {
        read(timetable);
        Zones.parse(timetable.zone());
        return after -> List.of();
    }

    /**
     * @return of whole seconds, one or more
     * @throws BadTimetable if it is no such period
     */
    public static Duration read(Timetable timetable) {
        String text = timetable.expression();
        CronText.checkLength(text);
        try {
            Duration delay = Duration.parse(text);
            if (FORM.matcher(text).matches() && delay.compareTo(Duration.ofSeconds(1)) >= 0 && delay.toDays() <= 366) {
                return delay;
            }
        } catch (DateTimeException | ArithmeticException unreadable) {
            // said below
        }
        throw new BadTimetable("delay", text, 0, "invalid.delay");
    }
}
