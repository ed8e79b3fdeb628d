package io.yardmaster.trigger;

import io.yardmaster.database.Invalid;
import io.yardmaster.job.Names;
import io.yardmaster.job.Parameters;
import io.yardmaster.timetable.BadTimetable;

/** What makes a draft a schedule that can fire. */
final class ScheduleRules {
    private ScheduleRules() {}

    /** @throws Invalid with every problem of {@code draft} */
    static void check(ScheduleDraft draft, KnownTimetables known) {
        Invalid.Problems problems = new Invalid.Problems();
        Names.checkName("name", draft.name(), problems);
        Parameters.check("parameters", draft.parameters(), problems);
        try {
            known.of(draft.timetable());
        } catch (BadTimetable bad) {
            String field = bad.field().equals("zone") ? "zone" : "cron";
            problems.add(field, bad.value(), bad.getMessage());
        }
        problems.throwIfAny();
    }
}
