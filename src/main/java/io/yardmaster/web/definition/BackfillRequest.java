package io.yardmaster.web.definition;

import io.yardmaster.database.Invalid;
import io.yardmaster.trigger.BackfillTerms;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A backfill as its body, or the form for it, asks for one.
 *
 * @param job as {@code namespace/name}; null if it is not said
 * @param schedule name of the job's; null for a timetable given
 * @param timetable null for a schedule's
 * @param from date, local time or instant; null if it is not said
 * @param until likewise
 * @param parameters instead of, or beside, those of schedule and job
 */
public record BackfillRequest(
        String job,
        String schedule,
        GivenTimetable timetable,
        String from,
        String until,
        BackfillTerms terms,
        Map<String, String> parameters) {
    /** In what order. */
    public enum Order {
        OLDEST_FIRST,
        NEWEST_FIRST
    }

    /** What a failure does. */
    public enum OnFailure {
        STOP,
        CONTINUE
    }

    /**
     * From a JSON object.
     *
     * @throws Invalid naming every field that cannot be read
     */
    public static BackfillRequest read(byte[] body) {
        List<Tree> trees = TreeReader.read(Bodies.text(body), Format.JSON);
        if (trees.size() != 1 || !(trees.get(0) instanceof Tree.Branch branch)) {
            throw new Invalid("document", null, "invalid.backfill.object");
        }
        Invalid.Problems problems = new Invalid.Problems();
        Fields fields = new Fields(branch, "", problems);
        BackfillRequest request = new BackfillRequest(
                fields.text("job"),
                fields.text("schedule"),
                timetable(fields, problems),
                fields.text("from"),
                fields.text("until"),
                terms(fields),
                fields.texts("parameters"));
        fields.end();
        problems.throwIfAny();
        return request;
    }

    private static GivenTimetable timetable(Fields fields, Invalid.Problems problems) {
        Tree.Branch branch = fields.branch("timetable");
        return branch == null ? null : ScheduleReader.timetable(branch, "timetable.", problems);
    }

    /** What is not said is as usual. */
    private static BackfillTerms terms(Fields fields) {
        BackfillTerms usual = BackfillTerms.STANDARD;
        Order order = fields.choice("order", Order.class);
        OnFailure onFailure = fields.choice("onFailure", OnFailure.class);
        return new BackfillTerms(
                Objects.requireNonNullElse(fields.smallNumber("parallelism"), usual.parallelism()),
                order == Order.NEWEST_FIRST,
                onFailure != OnFailure.CONTINUE,
                Objects.requireNonNullElse(fields.flag("rerun"), usual.again()));
    }
}
