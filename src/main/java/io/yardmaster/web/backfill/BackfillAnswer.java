package io.yardmaster.web.backfill;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.yardmaster.trigger.Backfill;
import io.yardmaster.trigger.BackfillProgress;
import io.yardmaster.trigger.BackfillState;
import io.yardmaster.web.api.Created;
import io.yardmaster.web.api.Ids;
import io.yardmaster.web.definition.BackfillRequest.OnFailure;
import io.yardmaster.web.definition.BackfillRequest.Order;
import io.yardmaster.web.definition.CalendarName;
import io.yardmaster.web.definition.ScheduleWriter;
import java.time.Instant;
import java.util.Map;

/**
 * A backfill as the API tells it; what does not apply is left out.
 *
 * @param job as {@code namespace/name}
 * @param timetable the schedule's as it was, or the one given, in the fields of a document
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BackfillAnswer(
        String id,
        BackfillState state,
        String job,
        String schedule,
        Map<String, Object> timetable,
        String calendar,
        Instant from,
        Instant until,
        int parallelism,
        Order order,
        OnFailure onFailure,
        boolean rerun,
        Map<String, String> parameters,
        Progress progress,
        Instant createdAt,
        String createdBy,
        String cancelledBy,
        Instant endedAt) {
    /** Every instant is in one of the figures but the first and the last two. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Progress(
            int instants,
            int pending,
            int started,
            int succeeded,
            int failed,
            int cancelled,
            int leftOut,
            int percent,
            Instant endsAt) {
        private static Progress of(BackfillProgress progress) {
            return new Progress(
                    progress.instants(),
                    progress.pending(),
                    progress.started(),
                    progress.succeeded(),
                    progress.failed(),
                    progress.cancelled(),
                    progress.leftOut(),
                    progress.percent(),
                    progress.endsAt());
        }
    }

    static BackfillAnswer of(Backfill backfill) {
        return new BackfillAnswer(
                Ids.written(backfill.id()),
                backfill.state(),
                backfill.of().fullName(),
                backfill.of().schedule(),
                ScheduleWriter.when(backfill.timetable(), calendar(backfill)),
                backfill.calendar(),
                backfill.from(),
                backfill.until(),
                backfill.terms().parallelism(),
                backfill.terms().newestFirst() ? Order.NEWEST_FIRST : Order.OLDEST_FIRST,
                backfill.terms().stopOnFailure() ? OnFailure.STOP : OnFailure.CONTINUE,
                backfill.terms().again(),
                backfill.parameters(),
                Progress.of(backfill.progress()),
                backfill.course().createdAt(),
                backfill.course().createdBy(),
                backfill.course().cancelledBy(),
                backfill.course().endedAt());
    }

    /** Null for none, and where it is not known how it was followed. */
    static CalendarName calendar(Backfill backfill) {
        return backfill.calendarRule() == null ? null : new CalendarName(backfill.calendar(), backfill.calendarRule());
    }

    static Created created(Backfill backfill) {
        return new Created("/api/v1/backfills/" + backfill.id(), of(backfill));
    }
}
