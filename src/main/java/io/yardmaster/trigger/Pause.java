package io.yardmaster.trigger;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Something that is paused: its instants are expected still, but wait for somebody to say what becomes of them.
 *
 * @param scope what is paused
 * @param since from when on
 * @param by account that paused it
 * @param reason why; null if nobody said
 */
public record Pause(Scope scope, Instant since, String by, String reason) {
    /** How much a pause takes in. */
    public enum Kind {
        SYSTEM,
        NAMESPACE,
        JOB,
        SCHEDULE
    }

    /**
     * What is paused.
     *
     * @param subject the namespace, or the id of job or schedule; empty for the whole system
     */
    public record Scope(Kind kind, String subject) {
        public static final Scope SYSTEM = new Scope(Kind.SYSTEM, "");

        public Scope {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(subject, "subject");
        }

        public static Scope namespace(String namespace) {
            return new Scope(Kind.NAMESPACE, namespace);
        }

        public static Scope job(long job) {
            return new Scope(Kind.JOB, Long.toString(job));
        }

        public static Scope schedule(long schedule) {
            return new Scope(Kind.SCHEDULE, Long.toString(schedule));
        }
    }

    /** What becomes, at resume, of the instants that came meanwhile. */
    public enum Choice {
        SKIP,
        LATEST,
        /** All, within each schedule's bounds of count and age. */
        ALL,
        /** What each schedule's catch-up policy says. */
        POLICY;

        private static final Duration OF_ANY_AGE = Duration.ofDays(366);

        /** What it makes of a schedule's own policy. */
        CatchUp of(CatchUp own) {
            return switch (this) {
                case POLICY -> own;
                case SKIP -> new CatchUp(CatchUp.Policy.SKIP, own.count(), own.age(), own.spread());
                case LATEST -> new CatchUp(CatchUp.Policy.LATEST, own.count(), OF_ANY_AGE, own.spread());
                case ALL -> new CatchUp(CatchUp.Policy.ALL, own.count(), own.age(), own.spread());
            };
        }
    }
}
