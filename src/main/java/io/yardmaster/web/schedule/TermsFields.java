package io.yardmaster.web.schedule;

import io.yardmaster.database.Invalid;
import io.yardmaster.trigger.CatchUp;
import io.yardmaster.trigger.Terms;
import io.yardmaster.web.form.Amounts;
import io.yardmaster.web.form.Form;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/** Validity, jitter and catch-up as fields of a form. Validity is told by the clock of the schedule's zone. */
final class TermsFields {
    private static final String FROM = "schedule.validFrom";
    private static final String UNTIL = "schedule.validUntil";
    private static final String JITTER = "schedule.jitter";
    private static final String POLICY = "schedule.catchUp.policy";
    private static final String COUNT = "schedule.catchUp.count";
    private static final String AGE = "schedule.catchUp.age";
    private static final String SPREAD = "schedule.catchUp.spread";

    private TermsFields() {}

    /** What is left blank is as usual; what cannot be read is added to {@code problems}. */
    static Terms read(Form form, Invalid.Problems problems) {
        CatchUp usual = CatchUp.STANDARD;
        CatchUp catchUp = new CatchUp(
                Objects.requireNonNullElse(Choices.read(form, POLICY, CatchUp.Policy.class, problems), usual.policy()),
                Objects.requireNonNullElse(Amounts.number(COUNT, form.value(COUNT), problems), usual.count()),
                duration(form, AGE, usual.age(), problems),
                duration(form, SPREAD, usual.spread(), problems));
        return new Terms(
                instant(form, FROM, problems),
                instant(form, UNTIL, problems),
                duration(form, JITTER, Duration.ZERO, problems),
                catchUp);
    }

    static Form fill(Form form, Terms terms) {
        CatchUp catchUp = terms.catchUp();
        return form.with(FROM, local(terms.validFrom(), zone(form)))
                .with(UNTIL, local(terms.validUntil(), zone(form)))
                .with(JITTER, terms.jitter().isZero() ? null : amount(terms.jitter()))
                .with(POLICY, catchUp.policy().name())
                .with(COUNT, Integer.toString(catchUp.count()))
                .with(AGE, amount(catchUp.age()))
                .with(SPREAD, catchUp.spread().isZero() ? null : amount(catchUp.spread()));
    }

    private static Duration duration(Form form, String field, Duration usual, Invalid.Problems problems) {
        Long seconds = Amounts.seconds(field, form.value(field), problems);
        return seconds == null ? usual : Duration.ofSeconds(seconds);
    }

    private static String amount(Duration duration) {
        return Amounts.ofSeconds(duration.toSeconds());
    }

    private static Instant instant(Form form, String field, Invalid.Problems problems) {
        String typed = form.text(field);
        try {
            return typed.isEmpty() ? null : parsed(typed, zone(form));
        } catch (DateTimeException unreadable) {
            problems.add(field, typed, "invalid.schedule.valid");
            return null;
        }
    }

    /** In whole seconds, as all instants of schedules are. */
    private static Instant parsed(String typed, ZoneId zone) {
        boolean local = typed.matches("[^Z+]*T[0-9:]+");
        Instant read = local
                ? LocalDateTime.parse(typed).atZone(zone).toInstant()
                : OffsetDateTime.parse(typed).toInstant();
        if (!read.equals(read.truncatedTo(ChronoUnit.SECONDS))) {
            throw new DateTimeException("of a fraction");
        }
        return read;
    }

    /** By the zone's clock, unless that shows the same time twice. */
    private static String local(Instant instant, ZoneId zone) {
        if (instant == null) {
            return null;
        }
        String local = LocalDateTime.ofInstant(instant, zone).toString();
        return parsed(local, zone).equals(instant) ? local : instant.toString();
    }

    private static ZoneId zone(Form form) {
        try {
            return ZoneId.of(TimetableFields.zone(form));
        } catch (DateTimeException unknown) {
            // told at its own field
            return ZoneOffset.UTC;
        }
    }
}
