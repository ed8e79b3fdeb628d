package io.yardmaster.web.definition;

import io.yardmaster.calendar.NamedCalendar;
import io.yardmaster.job.Job;
import io.yardmaster.lock.Lock;
import io.yardmaster.queue.Queue;

/**
 * What came of a document.
 *
 * @param id of what it defines
 * @param etag of its state now
 */
public record Applied(String kind, String namespace, String name, String id, Change change, String etag) {
    public static Applied of(Job job, Change change, String etag) {
        return new Applied("job", job.namespace(), job.name(), Long.toString(job.id()), change, etag);
    }

    public static Applied of(Queue queue, Change change, String etag) {
        return new Applied("queue", queue.namespace(), queue.name(), Long.toString(queue.id()), change, etag);
    }

    public static Applied of(Lock lock, Change change, String etag) {
        return new Applied("lock", lock.namespace(), lock.name(), Long.toString(lock.id()), change, etag);
    }

    public static Applied of(NamedCalendar calendar, Change change, String etag) {
        return new Applied(
                "calendar", calendar.namespace(), calendar.name(), Long.toString(calendar.id()), change, etag);
    }

    /** How it differs from what was there. */
    public enum Change {
        CREATED,
        UPDATED,
        UNCHANGED;

        public static Change of(boolean changed) {
            return changed ? UPDATED : UNCHANGED;
        }
    }
}
