package io.yardmaster.web.backfill;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.yardmaster.run.RunState;
import io.yardmaster.trigger.BackfillList.Instance;
import io.yardmaster.web.api.Cursor;
import io.yardmaster.web.api.Ids;
import java.time.Instant;
import java.util.List;

/** An instant of a backfill as the API tells it; what does not apply is left out. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record InstantAnswer(
        int place,
        Instant nominalAt,
        String adjustment,
        Instance.State state,
        String run,
        RunState runState,
        Instant endedAt) {
    private static final String LIST = "backfill-instants";

    static InstantAnswer of(Instance instance) {
        return new InstantAnswer(
                instance.place(),
                instance.nominal(),
                instance.adjustment(),
                instance.state(),
                Ids.written(instance.run()),
                instance.runState(),
                instance.endedAt());
    }

    static String cursor(Instance instance) {
        return Cursor.of(LIST, List.of(Integer.toString(instance.place())));
    }

    /** The place after which {@code cursor} goes on. */
    static int after(String cursor) {
        return Cursor.read(LIST, cursor, 0, key -> Integer.valueOf(key.get(0)));
    }
}
