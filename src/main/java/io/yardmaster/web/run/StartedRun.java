package io.yardmaster.web.run;

import io.yardmaster.web.api.Created;
import io.yardmaster.web.api.Ids;

/** The answer to whoever started a run. */
record StartedRun(String id) {
    static Created of(long run) {
        return new Created("/api/v1/runs/" + run, new StartedRun(Ids.written(run)));
    }
}
