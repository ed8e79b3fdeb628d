package io.yardmaster.trigger;

import io.yardmaster.timetable.CalendarRule;
import io.yardmaster.timetable.FollowedCalendar;
import io.yardmaster.timetable.Gap;
import io.yardmaster.timetable.Overlap;
import io.yardmaster.timetable.Timetable;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** A timetable as it is stored: once, however many schedules follow it. Never changed; written by {@link Marks}. */
@Entity
@Immutable
@Table(name = "timetable")
public class SharedTimetable {
    @Id
    private long id;

    @Enumerated(EnumType.STRING)
    private Timetable.Kind kind;

    private String expression;
    private String zone;

    @Enumerated(EnumType.STRING)
    private Gap gap;

    @Enumerated(EnumType.STRING)
    private Overlap overlap;

    @Column(name = "calendar_id")
    private Long calendarId;

    @Enumerated(EnumType.STRING)
    @Column(name = "calendar_rule")
    private CalendarRule calendarRule;

    /** For Hibernate. */
    protected SharedTimetable() {}

    long id() {
        return id;
    }

    Timetable value() {
        FollowedCalendar calendar = calendarId == null ? null : new FollowedCalendar(calendarId, calendarRule);
        return new Timetable(kind, expression, zone, gap, overlap, calendar);
    }
}
