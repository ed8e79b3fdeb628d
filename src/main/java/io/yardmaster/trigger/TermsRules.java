package io.yardmaster.trigger;

import io.yardmaster.database.Invalid;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What terms may be, and how each is called where it is wrong. */
final class TermsRules {
    private static final Duration DAY = Duration.ofDays(1);

    /** What comes later, on some clock, has a year of five digits, which no form shows and the database may not hold. */
    private static final Instant TOO_LATE = Instant.parse("9999-12-31T00:00:00Z");

    private TermsRules() {}

    static void check(Terms terms, Invalid.Problems problems) {
        instant("validFrom", terms.validFrom(), problems);
        instant("validUntil", terms.validUntil(), problems);
        boolean inOrder = terms.validFrom() == null
                || terms.validUntil() == null
                || !terms.validUntil().isBefore(terms.validFrom());
        problems.check(
                inOrder, "validUntil", terms.validUntil(), "invalid.terms.until", String.valueOf(terms.validFrom()));
        seconds("jitter", terms.jitter(), problems);
        CatchUp catchUp = terms.catchUp();
        problems.check(
                catchUp.count() >= 1 && catchUp.count() <= CatchUp.MOST_COUNT,
                "catchUp.count",
                catchUp.count(),
                "invalid.catch-up.count",
                CatchUp.MOST_COUNT);
        boolean ageGood = catchUp.age().compareTo(Duration.ofMinutes(1)) >= 0
                && catchUp.age().toDays() <= 366;
        problems.check(ageGood, "catchUp.age", catchUp.age(), "invalid.catch-up.age");
        seconds("catchUp.spread", catchUp.spread(), problems);
    }

    private static void instant(String field, Instant value, Invalid.Problems problems) {
        boolean good = value == null || (!value.isBefore(Instant.EPOCH) && value.isBefore(TOO_LATE));
        problems.check(good, field, value, "invalid.terms.instant");
    }

    private static void seconds(String field, Duration value, Invalid.Problems problems) {
        boolean good =
                !value.isNegative() && value.compareTo(DAY) <= 0 && value.equals(value.truncatedTo(ChronoUnit.SECONDS));
        problems.check(good, field, value, "invalid.terms.seconds");
    }
}
