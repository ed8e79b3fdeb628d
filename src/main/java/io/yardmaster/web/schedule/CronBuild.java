package io.yardmaster.web.schedule;

import io.yardmaster.database.Invalid;
import io.yardmaster.web.form.Form;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.List;

/** Puts a cron expression together from choices, all of whose names begin with {@code schedule.build.} */
final class CronBuild {
    static final String ACTION = "build";
    private static final String EVERY = "schedule.build.every";
    private static final String STEP = "schedule.build.step";
    private static final String AT = "schedule.build.at";
    private static final String WEEKDAY = "schedule.build.weekday";
    private static final String DAY = "schedule.build.day";
    private static final String LAST = "L";

    private final boolean unix;
    private final LocalTime at;
    private final Form form;

    /** How often. */
    enum Every {
        MINUTES,
        HOURS,
        DAY,
        WEEK,
        MONTH
    }

    private CronBuild(Form form, boolean unix) {
        this.form = form;
        this.unix = unix;
        this.at = at(form);
    }

    /** {@code form} with the expression in its place; what crontab(5) cannot say is said in Quartz's dialect. */
    static Form into(Form form) {
        Every every = Choices.read(form, EVERY, Every.class, new Invalid.Problems());
        boolean last = every == Every.MONTH && form.text(DAY).equals(LAST);
        boolean unix = form.text(TimetableFields.DIALECT).equals(TimetableFields.UNIX) && !last;
        String built = new CronBuild(form, unix).expression(every == null ? Every.DAY : every);
        return form.with(TimetableFields.KIND, "CRON")
                .with(TimetableFields.DIALECT, unix ? TimetableFields.UNIX : "quartz")
                .with(TimetableFields.CRON, built);
    }

    private String expression(Every every) {
        return switch (every) {
            case MINUTES -> fields(step(59), "*", "*", "*");
            case HOURS -> fields(Integer.toString(at.getMinute()), step(23), "*", "*");
            case DAY -> daily("*", "*");
            case WEEK -> daily("*", weekdays());
            case MONTH -> daily(day(), "*");
        };
    }

    private String daily(String ofMonth, String ofWeek) {
        return fields(Integer.toString(at.getMinute()), Integer.toString(at.getHour()), ofMonth, ofWeek);
    }

    private String fields(String minute, String hour, String ofMonth, String ofWeek) {
        if (unix) {
            return String.join(" ", minute, hour, ofMonth, "*", ofWeek);
        }
        boolean byWeek = !ofWeek.equals("*");
        return String.join(" ", "0", minute, hour, byWeek ? "?" : ofMonth, "*", byWeek ? ofWeek : "?");
    }

    private String step(int most) {
        int step = number(STEP, most);
        return step == 1 ? "*" : "*/" + step;
    }

    private String weekdays() {
        List<String> chosen = form.values(WEEKDAY).stream()
                .filter(day -> day.matches("MON|TUE|WED|THU|FRI|SAT|SUN"))
                .toList();
        return chosen.isEmpty() ? "MON" : String.join(",", chosen);
    }

    private String day() {
        return form.text(DAY).equals(LAST) ? LAST : Integer.toString(number(DAY, 31));
    }

    private int number(String field, int most) {
        String typed = form.text(field);
        return typed.matches("[0-9]{1,3}") ? Math.max(1, Math.min(most, Integer.parseInt(typed))) : 1;
    }

    private static LocalTime at(Form form) {
        try {
            return LocalTime.parse(form.text(AT));
        } catch (DateTimeException none) {
            return LocalTime.MIDNIGHT;
        }
    }
}
