package io.yardmaster.calendar;

import io.yardmaster.database.Transaction;
import java.util.List;

/** Whoever goes by calendars, and has to know of their changes. */
public interface CalendarFollowers {
    /**
     * Runs {@code change}, after having dealt with everything up to now by the calendar as it stands; from then on goes by the
     * calendar as it then stands. The calendar's row is locked.
     */
    void change(Transaction transaction, long calendar, Runnable change);

    /**
     * Some of those that go by the calendar, for people, {@code limit} at most.
     *
     * @param elsewhere whether only those of other namespaces than the calendar's
     */
    List<String> of(Transaction transaction, long calendar, boolean elsewhere, int limit);
}
