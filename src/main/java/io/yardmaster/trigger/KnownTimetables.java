package io.yardmaster.trigger;

import io.yardmaster.calendar.BusinessCalendar;
import io.yardmaster.database.Transaction;
import io.yardmaster.timetable.BadTimetable;
import io.yardmaster.timetable.Occurrences;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/** Timetables that were read lately: reading costs more than asking for an instant. Thread-safe. */
final class KnownTimetables {
    private static final int MOST = 20_000;

    private final Map<DatedTimetable, Occurrences> known = new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<DatedTimetable, Occurrences> eldest) {
            return size() > MOST;
        }
    };

    /** What those transactions read themselves that go on. */
    private final Map<Transaction, Fresh> fresh = new WeakHashMap<>();

    /** @throws BadTimetable if it cannot be read */
    Occurrences of(Transaction transaction, DatedTimetable timetable) {
        Occurrences found = get(timetable);
        if (found != null) {
            return found;
        }
        if (timetable.calendar() == null) {
            found = timetable.timetable().occurrences();
            put(timetable, found);
            return found;
        }
        Fresh own = freshOf(transaction);
        return own.read.computeIfAbsent(timetable, unread -> read(transaction, unread, own));
    }

    /** Whether it says anything: its zone may be one that this Java does not know. */
    boolean canRead(Transaction transaction, DatedTimetable timetable) {
        try {
            of(transaction, timetable);
            return true;
        } catch (BadTimetable unreadable) {
            return false;
        }
    }

    /** A version of a calendar that this transaction has just made may be rolled back, and made anew to say something else. */
    private Occurrences read(Transaction transaction, DatedTimetable timetable, Fresh own) {
        BusinessCalendar content = own.contents.computeIfAbsent(
                List.of(
                        timetable.timetable().calendar().id(),
                        timetable.calendar().version()),
                version -> timetable.content(transaction));
        Occurrences occurrences = timetable.timetable().occurrences(content);
        transaction.afterCommit(() -> put(timetable, occurrences));
        return occurrences;
    }

    private Fresh freshOf(Transaction transaction) {
        synchronized (fresh) {
            return fresh.computeIfAbsent(transaction, begun -> new Fresh(new HashMap<>(), new HashMap<>()));
        }
    }

    /** @param contents by id and version of the calendar */
    private record Fresh(
            Map<DatedTimetable, Occurrences> read, Map<List<? extends Number>, BusinessCalendar> contents) {}

    /**
     * As {@link #of(Transaction, DatedTimetable)}, without the database.
     *
     * @param content what its calendar says, read in a transaction that is over; null if it goes by none
     */
    Occurrences of(DatedTimetable timetable, BusinessCalendar content) {
        Occurrences found = get(timetable);
        if (found == null) {
            found = timetable.timetable().occurrences(content);
            put(timetable, found);
        }
        return found;
    }

    private synchronized Occurrences get(DatedTimetable timetable) {
        return known.get(timetable);
    }

    private synchronized void put(DatedTimetable timetable, Occurrences occurrences) {
        known.put(timetable, occurrences);
    }
}
