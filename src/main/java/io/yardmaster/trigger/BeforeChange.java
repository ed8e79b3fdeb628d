package io.yardmaster.trigger;

import io.yardmaster.audit.Actor;
import io.yardmaster.audit.Audit;
import io.yardmaster.audit.AuditEntry;
import io.yardmaster.audit.Subject;
import io.yardmaster.database.Transaction;
import io.yardmaster.queue.RunQueue;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Deals with what paused schedules wait for, by their old ways, before they are changed. The caller has settled their timetables. */
final class BeforeChange {
    private static final Actor SERVER = Actor.system("schedules");

    private final KnownTimetables known;
    private final ResumedSchedules resumed;
    private final GoOn goOn;

    BeforeChange(RunQueue queue, KnownTimetables known) {
        this.known = known;
        this.resumed = new ResumedSchedules(known);
        this.goOn = new GoOn(queue, resumed);
    }

    /** Nothing was expected of one that was off. */
    void of(Transaction transaction, Schedule schedule, boolean jobOn, Settlement settled) {
        Instant now = settled.now();
        DatedTimetable when = CalendarUse.current(transaction, schedule.timetable());
        if (!known.canRead(transaction, when)) {
            forget(transaction, schedule, settled);
            return;
        }
        goOn.beforeChange(transaction, resumed.of(transaction, schedule.id()), now);
        if (jobOn && schedule.on()) {
            PausedInstants.letGo(
                    transaction, new PausedInstants.Old(schedule.id(), when, schedule.terms()), known, now);
        } else {
            PausedInstants.startFrom(transaction, List.of(schedule.id()), now);
        }
    }

    /** All that go by {@code calendar}, but for those that cannot be read: these wait still. */
    void ofCalendar(Transaction transaction, long calendar, List<Long> timetables, Instant now) {
        goOn.beforeChange(transaction, resumed.readable(transaction, timetables), now);
        CalendarUse.letGo(transaction, calendar, known, now);
    }

    /** What was not settled of a timetable that cannot be read is expected no more: nobody can tell what it was. */
    private void forget(Transaction transaction, Schedule schedule, Settlement settled) {
        Instant since = PausedInstants.from(transaction, schedule.id()).orElse(settled.through(schedule.timetableId()));
        Stretches.turn(transaction, schedule, false, since);
        PausedInstants.startFrom(transaction, List.of(schedule.id()), settled.now());
        resumed.of(transaction, schedule.id()).forEach(one -> resumed.goOn(transaction, one, settled.now()));
        Map<String, String> detail = Map.of(
                "cron", schedule.timetable().expression(),
                "zone", schedule.timetable().zone(),
                "since", since.toString());
        Subject subject = new Subject("schedule", null, schedule.name());
        Audit.record(transaction, new AuditEntry(SERVER, "schedule.unread", subject, detail));
    }
}
