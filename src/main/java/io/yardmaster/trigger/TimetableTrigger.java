package io.yardmaster.trigger;

import io.yardmaster.timetable.Occurrences;
import io.yardmaster.timetable.Timetable;
import java.time.Instant;
import java.util.Date;
import org.quartz.Calendar;
import org.quartz.ScheduleBuilder;
import org.quartz.impl.triggers.AbstractTrigger;
import org.quartz.spi.MutableTrigger;

/**
 * A Quartz trigger whose next fire time is its timetable's, not Quartz's own arithmetic. It only wakes: it skips what it
 * is too late for, since one wake fires all that is due.
 */
@SuppressWarnings("JavaUtilDate") // what Quartz speaks
final class TimetableTrigger extends AbstractTrigger<TimetableTrigger> {
    private static final long serialVersionUID = 1L;

    private final transient Timetable timetable;
    private transient Occurrences occurrences;
    private Date startTime = new Date();
    private Date nextFireTime;
    private Date previousFireTime;

    TimetableTrigger(Timetable timetable) {
        this.timetable = timetable;
        // Quartz's repair of late triggers stops for all at one that is broken; ours skips ahead when it fires
        setMisfireInstruction(MISFIRE_INSTRUCTION_IGNORE_MISFIRE_POLICY);
    }

    Timetable timetable() {
        return timetable;
    }

    @Override
    public Date computeFirstFireTime(Calendar calendar) {
        nextFireTime = getFireTimeAfter(startTime);
        return nextFireTime;
    }

    @Override
    public void triggered(Calendar calendar) {
        previousFireTime = nextFireTime;
        Date now = new Date();
        nextFireTime = getFireTimeAfter(now.after(nextFireTime) ? now : nextFireTime);
    }

    @Override
    public void updateAfterMisfire(Calendar calendar) {
        nextFireTime = getFireTimeAfter(new Date());
    }

    @Override
    public void updateWithNewCalendar(Calendar calendar, long misfireThreshold) {
        // Quartz's calendars are not used: ours belong to the timetable
    }

    @Override
    public Date getFireTimeAfter(Date after) {
        Instant from = after == null ? Instant.now() : after.toInstant();
        if (occurrences == null) {
            occurrences = timetable.occurrences();
        }
        return occurrences.next(from).map(Date::from).orElse(null);
    }

    @Override
    public Date getFinalFireTime() {
        return null;
    }

    @Override
    public boolean mayFireAgain() {
        return nextFireTime != null;
    }

    @Override
    public Date getStartTime() {
        return startTime;
    }

    @Override
    public void setStartTime(Date startTime) {
        this.startTime = startTime;
    }

    @Override
    public Date getEndTime() {
        return null;
    }

    @Override
    public void setEndTime(Date endTime) {
        // never ends: what ends is in the timetable
    }

    @Override
    public Date getNextFireTime() {
        return nextFireTime;
    }

    @Override
    public void setNextFireTime(Date nextFireTime) {
        this.nextFireTime = nextFireTime;
    }

    @Override
    public Date getPreviousFireTime() {
        return previousFireTime;
    }

    @Override
    public void setPreviousFireTime(Date previousFireTime) {
        this.previousFireTime = previousFireTime;
    }

    @Override
    protected boolean validateMisfireInstruction(int instruction) {
        return instruction == MISFIRE_INSTRUCTION_IGNORE_MISFIRE_POLICY;
    }

    @Override
    public ScheduleBuilder<TimetableTrigger> getScheduleBuilder() {
        return builder(timetable);
    }

    /** What makes such triggers, for Quartz's builder. */
    static ScheduleBuilder<TimetableTrigger> builder(Timetable timetable) {
        return new ScheduleBuilder<>() {
            @Override
            protected MutableTrigger build() {
                return new TimetableTrigger(timetable);
            }
        };
    }
}
