package io.yardmaster.trigger;

import io.yardmaster.database.Invalid;
import io.yardmaster.database.Names;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Parameters;
import io.yardmaster.timetable.BadTimetable;
import io.yardmaster.timetable.Timetable;
import java.util.Set;

/** What makes a draft a schedule that can fire. */
public final class ScheduleRules {
    private static final Set<String> OWN_FIELDS = Set.of("zone", "calendar", "calendarRule");

    private ScheduleRules() {}

    /**
     * @param when null for one that is not gone by
     * @throws Invalid with every problem of {@code draft}
     */
    static void check(Transaction transaction, ScheduleDraft draft, DatedTimetable when, KnownTimetables known) {
        Invalid.Problems problems = new Invalid.Problems();
        Names.checkName("name", draft.name(), problems);
        Parameters.check("parameters", draft.parameters(), problems);
        TermsRules.check(draft.terms(), problems);
        if (when != null && !known.canRead(transaction, when)) {
            checkTimetable("", draft.timetable(), problems);
        }
        problems.throwIfAny();
    }

    /**
     * Adds every fault of {@code timetable}, at the field of its kind, {@code zone}, {@code calendar} and {@code calendarRule}.
     *
     * @param prefix what stands before their names
     */
    public static void checkTimetable(String prefix, Timetable timetable, Invalid.Problems problems) {
        for (BadTimetable bad : timetable.faults()) {
            String field = OWN_FIELDS.contains(bad.field())
                    ? bad.field()
                    : timetable.kind().field();
            problems.add(prefix + field, bad.value(), bad.key(), bad.arguments());
        }
    }

    /** Adds every fault of {@code terms}, likewise. */
    public static void checkTerms(String prefix, Terms terms, Invalid.Problems problems) {
        Invalid.Problems own = new Invalid.Problems();
        TermsRules.check(terms, own);
        own.all().forEach(problem -> problems.add(problem.at(prefix + problem.field())));
    }
}
