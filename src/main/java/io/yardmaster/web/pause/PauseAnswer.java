package io.yardmaster.web.pause;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.yardmaster.trigger.Pause;
import io.yardmaster.trigger.PauseList;
import java.time.Instant;

/** A pause as the API tells it; what it does not concern is absent. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PauseAnswer(
        Pause.Kind scope, String namespace, String job, String schedule, Instant since, String by, String reason) {
    static PauseAnswer of(PauseList.Named named) {
        Pause pause = named.pause();
        return new PauseAnswer(
                named.kind(),
                named.namespace(),
                named.job(),
                named.schedule(),
                pause.since(),
                pause.by(),
                pause.reason());
    }
}
