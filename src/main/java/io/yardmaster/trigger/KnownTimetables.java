package io.yardmaster.trigger;

import io.yardmaster.timetable.Occurrences;
import io.yardmaster.timetable.Timetable;
import java.util.LinkedHashMap;
import java.util.Map;

/** Timetables that were read lately: reading costs more than asking for an instant. Thread-safe. */
final class KnownTimetables {
    private static final int MOST = 20_000;

    private final Map<Timetable, Occurrences> known = new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Timetable, Occurrences> eldest) {
            return size() > MOST;
        }
    };

    /** @throws io.yardmaster.timetable.BadTimetable if it cannot be read */
    synchronized Occurrences of(Timetable timetable) {
        Occurrences found = known.get(timetable);
        if (found == null) {
            found = timetable.occurrences();
            known.put(timetable, found);
        }
        return found;
    }
}
