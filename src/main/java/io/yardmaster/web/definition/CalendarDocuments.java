package io.yardmaster.web.definition;

import io.yardmaster.audit.Actor;
import io.yardmaster.calendar.CalendarDraft;
import io.yardmaster.calendar.Calendars;
import io.yardmaster.calendar.NamedCalendar;
import io.yardmaster.database.Transaction;
import io.yardmaster.web.definition.Applied.Change;
import java.util.Optional;

/** Applies the document of a calendar. */
final class CalendarDocuments {
    private final Calendars calendars;

    CalendarDocuments(Calendars calendars) {
        this.calendars = calendars;
    }

    Applied apply(Transaction transaction, CalendarDraft draft, Precondition precondition, Actor by) {
        Optional<NamedCalendar> there = calendars.find(transaction, draft.namespace(), draft.name());
        if (there.isEmpty()) {
            precondition.checkAbsent("calendar " + draft.namespace() + "/" + draft.name());
            NamedCalendar made = calendars.create(transaction, draft, by);
            return Applied.of(made, Change.CREATED, etag(made));
        }
        NamedCalendar before = held(transaction, there.get(), precondition);
        NamedCalendar now = calendars.update(transaction, before.id(), before.version(), draft, by);
        return Applied.of(now, Change.of(now.version() != before.version()), etag(now));
    }

    void archive(Transaction transaction, NamedCalendar found, Precondition precondition, Actor by) {
        NamedCalendar calendar = held(transaction, found, precondition);
        calendars.archive(transaction, calendar.id(), calendar.version(), by);
    }

    static String etag(NamedCalendar calendar) {
        return Integer.toString(calendar.version());
    }

    private NamedCalendar held(Transaction transaction, NamedCalendar found, Precondition precondition) {
        NamedCalendar calendar = calendars.locked(transaction, found.id());
        precondition.check("calendar " + calendar.fullName(), etag(calendar), "last at " + calendar.updatedAt());
        return calendar;
    }
}
