package io.yardmaster.dispatch;

import io.yardmaster.database.Said;
import io.yardmaster.lock.LockWaits.ConditionWait;
import io.yardmaster.lock.LockWaits.LockWait;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Something that keeps a run from starting.
 *
 * @param at since when, or until when, as its kind says; null if no instant belongs to it
 * @param arguments of its two sentences
 */
public record Obstacle(Kind kind, Instant at, List<Object> arguments) {
    /** Each has a sentence {@code waiting.KIND} and one that says what must happen, {@code waiting.KIND.remedy}. */
    public enum Kind {
        /** By whom; since then. */
        HELD,
        /** By whom and why; since then. */
        HELD_BECAUSE,
        /** Until its instant. */
        START,
        /** Until its next attempt. */
        RETRY,
        /** As many attempts of its job as may be are under way. */
        GATE,
        /** A lock that it needs: which, who has it, and how many runs wait before it. */
        LOCK,
        /** A lock that nobody has, but that is kept for how many runs that wait before it. */
        LOCK_KEPT,
        /** A condition that is not as it waits for: which, and what for. */
        CONDITION,
        /** A condition whose signal it waits for. */
        SIGNAL,
        /** For another reason, which is told as it is kept. */
        BLOCKED,
        /** Which queue; since then. */
        QUEUE_PAUSED,
        /** How many of its queue's runs are on nodes, and how many may be. */
        QUEUE_FULL,
        NO_NODE,
        /** What no node that takes runs has. */
        NO_FIT,
        /** How many slots of one node it takes. */
        NO_ROOM,
        /** How many slots of the nodes that take runs are in use, and of how many. */
        NO_SLOT,
        /** The slots that are free are for a run of several slots of another queue. */
        KEPT,
        /** How many ready runs of its queue go first. */
        BEHIND,
        BEHIND_MANY,
        /** Nothing is in its way. */
        NOTHING
    }

    static Obstacle of(Kind kind, Instant at, Object... arguments) {
        return new Obstacle(kind, at, Arrays.asList(arguments));
    }

    /** @param reason empty for none */
    static Obstacle held(Instant since, String by, String reason) {
        return reason == null || reason.isEmpty() ? of(Kind.HELD, since, by) : of(Kind.HELD_BECAUSE, since, by, reason);
    }

    /** The reason with which a run is blocked. */
    static Obstacle blocked(String reason, Instant until) {
        return switch (reason) {
            case "START" -> of(Kind.START, until);
            case "RETRY" -> of(Kind.RETRY, until);
            case "GATE" -> of(Kind.GATE, null);
            default -> of(Kind.BLOCKED, until, reason);
        };
    }

    static Obstacle waitsFor(LockWait lock) {
        if (lock.holder() == null) {
            return of(Kind.LOCK_KEPT, null, lock.name(), lock.before());
        }
        Said holders = lock.holders() == 1
                ? Said.of("waiting.LOCK.holder", lock.holder())
                : Said.of("waiting.LOCK.holders", lock.holders(), lock.holder());
        return of(Kind.LOCK, null, lock.name(), holders, lock.before());
    }

    static Obstacle waitsFor(ConditionWait condition) {
        return condition.when() == null
                ? of(Kind.SIGNAL, null, condition.name())
                : of(Kind.CONDITION, null, condition.name(), condition.when());
    }

    public Said said() {
        return Said.of("waiting." + kind, arguments.toArray());
    }

    /** What must happen. */
    public Said remedy() {
        return Said.of("waiting." + kind + ".remedy", arguments.toArray());
    }
}
