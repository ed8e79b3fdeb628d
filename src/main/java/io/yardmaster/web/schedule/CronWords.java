package io.yardmaster.web.schedule;

import io.yardmaster.database.Said;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Says a cron expression as a sentence, if it is one of the many that people write. */
final class CronWords {
    private static final Map<String, String> WORDS = Map.of(
            "@YEARLY", "0 0 0 1 1 ?",
            "@ANNUALLY", "0 0 0 1 1 ?",
            "@MONTHLY", "0 0 0 1 * ?",
            "@WEEKLY", "0 0 0 ? * SUN",
            "@DAILY", "0 0 0 * * ?",
            "@MIDNIGHT", "0 0 0 * * ?",
            "@HOURLY", "0 0 * * * ?");
    private static final String ANY = "*";

    private final CronTimes times;
    private final CronDays days;
    private final String ofMonth;
    private final String ofWeek;
    private final String month;

    private CronWords(CronTimes times, CronDays days, String ofMonth, String month, String ofWeek) {
        this.times = times;
        this.days = days;
        this.ofMonth = ofMonth;
        this.month = month;
        this.ofWeek = ofWeek;
    }

    /** @param expression of six fields, or seven with any year; empty for what has no simple sentence */
    static Optional<Said> quartz(String expression, Locale locale) {
        String[] fields = fields(expression);
        boolean anyYear = fields.length == 6 || (fields.length == 7 && fields[6].equals(ANY));
        if (!anyYear || fields[3].equals("?") == fields[5].equals("?")) {
            return Optional.empty();
        }
        CronTimes times = new CronTimes(fields[0], fields[1], fields[2]);
        return new CronWords(times, new CronDays(1, locale), any(fields[3]), fields[4], any(fields[5])).sentence();
    }

    /** @param expression of five fields; empty for what has no simple sentence */
    static Optional<Said> unix(String expression, Locale locale) {
        String[] fields = fields(expression);
        if (expression.startsWith("@")) {
            return quartz(expression, locale);
        }
        if (fields.length != 5) {
            return Optional.empty();
        }
        CronTimes times = new CronTimes("0", fields[0], fields[1]);
        return new CronWords(times, new CronDays(0, locale), fields[2], fields[3], fields[4]).sentence();
    }

    private static String[] fields(String expression) {
        String meant = expression.strip().toUpperCase(Locale.ROOT);
        return WORDS.getOrDefault(meant, meant).split("\\s+");
    }

    private static String any(String field) {
        return field.equals("?") ? ANY : field;
    }

    private Optional<Said> sentence() {
        Optional<Said> said = ofMonth.equals(ANY) && ofWeek.equals(ANY)
                ? times.repeating().or(() -> times.named().map(at -> Said.of("schedule.words.daily", at)))
                : day().flatMap(this::on);
        return month.equals(ANY)
                ? said
                : said.flatMap(rest -> days.months(month).map(names -> Said.of("schedule.words.in", rest, names)));
    }

    private Optional<Said> on(Said day) {
        return times.named()
                .map(at -> Said.of("schedule.words.on", at, day))
                .or(() -> times.repeating().map(every -> Said.of("schedule.words.repeated-on", every, day)));
    }

    private Optional<Said> day() {
        if (ofWeek.equals(ANY)) {
            return days.ofMonth(ofMonth);
        }
        if (ofMonth.equals(ANY)) {
            return days.ofWeek(ofWeek);
        }
        // both of them: crontab(5) means either, unless one begins with a star
        boolean either = !ofMonth.startsWith(ANY) && !ofWeek.startsWith(ANY);
        return either
                ? days.ofMonth(ofMonth)
                        .flatMap(one -> days.ofWeek(ofWeek).map(other -> Said.of("schedule.words.either", one, other)))
                : Optional.empty();
    }
}
