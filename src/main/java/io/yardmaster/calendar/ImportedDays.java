package io.yardmaster.calendar;

import io.yardmaster.database.Said;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a file says about days.
 *
 * @param holidays days that do not work, each with its name
 * @param workdays days that work although the pattern of weekdays says no, each with its name
 * @param remarks what was left out, and why
 */
public record ImportedDays(
        SortedMap<LocalDate, String> holidays, SortedMap<LocalDate, String> workdays, List<Said> remarks) {
    public ImportedDays {
        holidays = Collections.unmodifiableSortedMap(new TreeMap<>(holidays));
        workdays = Collections.unmodifiableSortedMap(new TreeMap<>(workdays));
        remarks = List.copyOf(remarks);
    }

    /** The last day that is named; null if none is. */
    public LocalDate last() {
        SortedMap<LocalDate, String> all = new TreeMap<>(holidays);
        all.putAll(workdays);
        return all.isEmpty() ? null : all.lastKey();
    }
}
