package io.yardmaster.web.pause;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.yardmaster.trigger.Pause;
import io.yardmaster.trigger.PauseList;
import io.yardmaster.trigger.Unsettled;
import java.time.Instant;
import java.util.List;

/**
 * A pause as the API tells it; what it does not concern is absent.
 *
 * @param unsettled schedules whose timetables could not be read when they were paused; told once
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PauseAnswer(
        Pause.Kind scope,
        String namespace,
        String job,
        String schedule,
        Instant since,
        String by,
        String reason,
        List<Unsettled> unsettled) {
    static PauseAnswer of(PauseList.Named named) {
        return of(named, List.of());
    }

    static PauseAnswer of(PauseList.Named named, List<Unsettled> unsettled) {
        Pause pause = named.pause();
        return new PauseAnswer(
                named.kind(),
                named.namespace(),
                named.job(),
                named.schedule(),
                pause.since(),
                pause.by(),
                pause.reason(),
                unsettled.isEmpty() ? null : unsettled);
    }
}
