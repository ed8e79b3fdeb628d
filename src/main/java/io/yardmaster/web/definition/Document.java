package io.yardmaster.web.definition;

import io.yardmaster.calendar.CalendarDraft;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.JobDefinition;
import io.yardmaster.lock.LockDraft;
import io.yardmaster.queue.QueueDraft;
import io.yardmaster.timetable.Timetable;
import io.yardmaster.trigger.Terms;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A definition as people write it. What a switch's field leaves out stays as it is. */
public sealed interface Document {
    String namespace();

    String name();

    /**
     * @param description for people; may be empty
     * @param queue as {@code name} in the job's namespace or {@code namespace/name}; null for the default queue
     * @param enabled null to leave it as it is; a new job is enabled
     * @param definition what a run executes
     * @param schedules all that the job shall have; null to leave them as they are
     */
    record JobDocument(
            String namespace,
            String name,
            String description,
            String queue,
            Boolean enabled,
            JobDefinition definition,
            List<ScheduleEntry> schedules)
            implements Document {
        public JobDocument {
            namespace = Objects.requireNonNullElse(namespace, "");
            name = Objects.requireNonNullElse(name, "");
        }
    }

    /**
     * @param name unique in the job
     * @param timetable when, whatever the calendar; not yet known to be readable
     * @param calendar by which it goes; null for none
     * @param parameters instead of, or beside, the job's own
     * @param enabled null to leave it as it is; a new schedule is enabled
     * @param terms validity, jitter and catch-up
     */
    record ScheduleEntry(
            String name,
            Timetable timetable,
            CalendarName calendar,
            Map<String, String> parameters,
            Boolean enabled,
            Terms terms) {
        /** By no calendar, on standard terms. */
        public ScheduleEntry(String name, Timetable timetable, Map<String, String> parameters, Boolean enabled) {
            this(name, timetable, null, parameters, enabled, Terms.STANDARD);
        }

        public ScheduleEntry {
            name = Objects.requireNonNullElse(name, "");
        }

        /**
         * The timetable by its calendar; a calendar that is not there is added to {@code problems}.
         *
         * @param home namespace of the job
         * @param prefix what stands before the names of fields
         */
        public Timetable when(Transaction transaction, String home, String prefix, Invalid.Problems problems) {
            return new GivenTimetable(timetable, calendar).when(transaction, home, prefix, problems);
        }
    }

    /** @param draft the calendar itself: it has no switches */
    record CalendarDocument(CalendarDraft draft) implements Document {
        @Override
        public String namespace() {
            return draft.namespace();
        }

        @Override
        public String name() {
            return draft.name();
        }
    }

    /** @param draft the lock itself: it has no switches */
    record LockDocument(LockDraft draft) implements Document {
        @Override
        public String namespace() {
            return draft.namespace();
        }

        @Override
        public String name() {
            return draft.name();
        }
    }

    /** @param draft the queue itself: it has no switches */
    record QueueDocument(QueueDraft draft) implements Document {
        @Override
        public String namespace() {
            return draft.namespace();
        }

        @Override
        public String name() {
            return draft.name();
        }
    }
}
