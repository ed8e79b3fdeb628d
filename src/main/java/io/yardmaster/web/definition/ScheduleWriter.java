package io.yardmaster.web.definition;

import io.yardmaster.timetable.Timetable;
import io.yardmaster.timetable.Timetable.Kind;
import io.yardmaster.trigger.CatchUp;
import io.yardmaster.trigger.Terms;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Writes when a schedule fires, and on what terms, as its document says it. */
public final class ScheduleWriter {
    private static final long DAY = 86_400;

    private ScheduleWriter() {}

    /**
     * The fields in order; of standards, the zone alone is said.
     *
     * @param calendar by which it goes; null for none
     */
    public static Map<String, Object> when(Timetable timetable, CalendarName calendar) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(timetable.kind().field(), expression(timetable));
        if (timetable.kind() == Kind.UNIX_CRON) {
            fields.put("dialect", "unix");
        }
        fields.put("zone", timetable.zone());
        if (timetable.gap() != null) {
            fields.put("gap", timetable.gap().name());
        }
        if (timetable.overlap() != null) {
            fields.put("overlap", timetable.overlap().name());
        }
        if (calendar != null) {
            fields.put("calendar", calendar.name());
            fields.put("calendarRule", calendar.rule().name());
        }
        return fields;
    }

    /** The fields in order, without those that are as usual. */
    static Map<String, Object> terms(Terms terms) {
        Map<String, Object> fields = limits(terms);
        if (!terms.catchUp().equals(CatchUp.STANDARD)) {
            fields.put("catchUp", catchUp(terms.catchUp()));
        }
        return fields;
    }

    /** Validity and jitter, as far as there are any. */
    public static Map<String, Object> limits(Terms terms) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (terms.validFrom() != null) {
            fields.put("validFrom", terms.validFrom().toString());
        }
        if (terms.validUntil() != null) {
            fields.put("validUntil", terms.validUntil().toString());
        }
        if (!terms.jitter().isZero()) {
            fields.put("jitter", written(terms.jitter()));
        }
        return fields;
    }

    /** Whole, so that nobody need know what is usual. */
    public static Map<String, Object> catchUp(CatchUp catchUp) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("policy", catchUp.policy().name());
        fields.put("count", catchUp.count());
        fields.put("age", written(catchUp.age()));
        fields.put("spread", written(catchUp.spread()));
        return fields;
    }

    /** Words are kept in capitals and written small, as people do. */
    public static String expression(Timetable timetable) {
        String expression = timetable.expression();
        boolean words = timetable.kind() == Kind.DATES || expression.startsWith("@");
        return words ? expression.toLowerCase(Locale.ROOT) : expression;
    }

    private static String written(Duration duration) {
        long seconds = duration.getSeconds();
        boolean days = seconds != 0 && duration.getNano() == 0 && seconds % DAY == 0;
        return days ? "P" + seconds / DAY + "D" : duration.toString();
    }
}
