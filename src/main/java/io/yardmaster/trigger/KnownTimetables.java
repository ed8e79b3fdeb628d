package io.yardmaster.trigger;

import io.yardmaster.calendar.BusinessCalendar;
import io.yardmaster.database.Transaction;
import io.yardmaster.timetable.Occurrences;
import java.util.LinkedHashMap;
import java.util.Map;

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

    /** @throws io.yardmaster.timetable.BadTimetable if it cannot be read */
    Occurrences of(Transaction transaction, DatedTimetable timetable) {
        Occurrences found = get(timetable);
        if (found == null) {
            // outside of the lock: the calendar comes from the database
            found = timetable.read(transaction);
            keep(transaction, timetable, found);
        }
        return found;
    }

    /** A version of a calendar that this transaction has just made may be rolled back, and made anew to say something else. */
    private void keep(Transaction transaction, DatedTimetable timetable, Occurrences occurrences) {
        if (timetable.calendar() == null) {
            put(timetable, occurrences);
        } else {
            transaction.afterCommit(() -> put(timetable, occurrences));
        }
    }

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
