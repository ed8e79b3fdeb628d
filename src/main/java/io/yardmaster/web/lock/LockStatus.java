package io.yardmaster.web.lock;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.yardmaster.lock.Lock;
import io.yardmaster.lock.Variables;
import io.yardmaster.web.api.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the server says of a lock beside its document; ignored when it is sent back.
 *
 * @param capacity units that there are to be had
 * @param held units that are out
 * @param waiting how many runs wait for it
 * @param variables of a condition, as they are now, each a boolean, a number or a text; null of every other, and in a list
 * @param holders at most {@value ListedLocks#MOST_USERS}, in the order of their tokens; null in a list
 * @param waiters at most {@value ListedLocks#MOST_USERS}, in their order; null in a list
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LockStatus(
        String id,
        int version,
        Instant updatedAt,
        int capacity,
        long held,
        long waiting,
        Map<String, Object> variables,
        List<User> holders,
        List<User> waiters) {
    /** @param run and job and node: null where the caller may not know them */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record User(
            String run, String job, String node, int units, String mode, Long token, Instant since, Boolean called) {
        static User of(LockUser user, String kind) {
            return new User(
                    user.seen() ? Ids.written(user.run()) : null,
                    user.seen() ? user.namespace() + "/" + user.job() : null,
                    user.seen() ? user.node() : null,
                    user.units(),
                    user.mode(kind),
                    user.token(),
                    user.since(),
                    user.token() == null ? user.called() : null);
        }
    }

    static LockStatus of(Lock lock, ListedLock line, List<LockUser> holders, List<LockUser> waiters) {
        return new LockStatus(
                Ids.written(lock.id()),
                lock.version(),
                lock.updatedAt(),
                line.capacity(),
                line.held(),
                line.waiting(),
                null,
                users(holders, line),
                users(waiters, line));
    }

    /** The same of a condition. */
    LockStatus with(Variables now) {
        return new LockStatus(id, version, updatedAt, capacity, held, waiting, now.values(), holders, waiters);
    }

    private static List<User> users(List<LockUser> users, ListedLock line) {
        return users == null
                ? null
                : users.stream().map(user -> User.of(user, line.kind())).toList();
    }
}
