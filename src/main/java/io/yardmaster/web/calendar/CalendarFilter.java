package io.yardmaster.web.calendar;

import io.yardmaster.web.form.Address;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;

/** What the page of calendars was asked for, as its address says it. */
public final class CalendarFilter {
    @QueryParam("q")
    @DefaultValue("")
    private String text;

    @QueryParam("after")
    @DefaultValue("")
    private String after;

    /** Part of a name. */
    public String text() {
        return storable(text).strip();
    }

    /** The calendar that the page before ended with, as {@code namespace/name}; empty for the first page. */
    public String after() {
        return storable(after);
    }

    public boolean narrows() {
        return !(text() + after()).isEmpty();
    }

    /** Of the page after the one that ends with {@code last}. */
    String next(ListedCalendar last) {
        return Address.of("calendars")
                .with("q", text())
                .with("after", last.namespace() + "/" + last.name())
                .toString();
    }

    /** PostgreSQL knows no NUL, so nothing is called so. */
    private static String storable(String typed) {
        return typed.replace("\0", "");
    }
}
