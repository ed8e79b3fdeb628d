package io.yardmaster.web.queue;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.yardmaster.queue.Queue;
import io.yardmaster.web.api.Ids;
import java.time.Instant;

/** What the server says of a queue beside its document; ignored when it is sent back. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record QueueStatus(String id, int version, Instant updatedAt, Instant pausedAt) {
    static QueueStatus of(Queue queue) {
        return new QueueStatus(Ids.written(queue.id()), queue.version(), queue.updatedAt(), queue.pausedAt());
    }
}
