package io.yardmaster.trigger;

import io.yardmaster.database.Invalid;
import io.yardmaster.job.Parameters;
import io.yardmaster.timetable.Timetable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What makes a draft a backfill that can be run. */
final class BackfillRules {
    private BackfillRules() {}

    /** @throws Invalid with every problem of {@code draft} but those that its instants show */
    static void check(BackfillDraft draft, Instant now) {
        Invalid.Problems problems = new Invalid.Problems();
        checkWhen(draft, problems);
        checkRange(draft.from(), draft.until(), now, problems);
        int parallelism = draft.terms().parallelism();
        problems.check(
                parallelism >= 1 && parallelism <= BackfillTerms.MOST_AT_ONCE,
                "parallelism",
                parallelism,
                "invalid.range",
                1,
                BackfillTerms.MOST_AT_ONCE);
        Parameters.check("parameters", draft.parameters(), problems);
        problems.throwIfAny();
    }

    private static void checkWhen(BackfillDraft draft, Invalid.Problems problems) {
        if (draft.schedule() == null) {
            ScheduleRules.checkTimetable("timetable.", draft.timetable(), problems);
        }
        boolean told = draft.timetable().kind() != Timetable.Kind.DELAY;
        boolean own = draft.schedule() == null;
        problems.check(
                told,
                own ? "timetable.delay" : "schedule",
                own ? draft.timetable().expression() : draft.schedule().name(),
                "invalid.backfill.delay");
    }

    private static void checkRange(Instant from, Instant until, Instant now, Invalid.Problems problems) {
        problems.check(!from.isBefore(Instant.EPOCH), "from", from, "invalid.backfill.from", Instant.EPOCH.toString());
        problems.check(!until.isBefore(from), "until", until, "invalid.backfill.reversed", from.toString());
        problems.check(
                !until.isAfter(now),
                "until",
                until,
                "invalid.backfill.future",
                now.truncatedTo(ChronoUnit.SECONDS).toString());
    }
}
