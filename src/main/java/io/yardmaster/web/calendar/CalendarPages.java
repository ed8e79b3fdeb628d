package io.yardmaster.web.calendar;

import io.yardmaster.calendar.BusinessCalendar;
import io.yardmaster.calendar.CalendarVersions;
import io.yardmaster.calendar.Calendars;
import io.yardmaster.calendar.NamedCalendar;
import io.yardmaster.database.Database;
import io.yardmaster.database.Transaction;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.Page;
import io.yardmaster.web.Redirect;
import io.yardmaster.web.View;
import io.yardmaster.web.form.Address;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/** Calendars, their years and their versions. */
@Path("/calendars")
@Produces(MediaType.TEXT_HTML)
public final class CalendarPages {
    private static final int LINES = 50;
    private static final int FOLLOWERS = 100;
    private static final int VERSIONS = 50;

    private final Database database;
    private final Calendars calendars;

    public CalendarPages(Database database, Calendars calendars) {
        this.database = database;
        this.calendars = calendars;
    }

    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.ANYWHERE)
    public View list(@BeanParam CalendarFilter filter, @Context Caller caller, @Context ZoneId zone) {
        return database.inTransaction(transaction -> {
            Set<String> seen = caller.namespaces(Permission.VIEW);
            List<ListedCalendar> found = ListedCalendars.page(transaction, seen, filter, LINES + 1);
            List<ListedCalendar> shown = found.subList(0, Math.min(LINES, found.size()));
            LocalDate today = today(transaction, zone);
            return Page.of("calendar/list")
                    .with("lines", shown)
                    .with("next", found.size() > LINES ? filter.next(shown.get(LINES - 1)) : null)
                    .with("filter", filter)
                    .with("today", today)
                    .with("expiring", ListedCalendars.expiring(transaction, seen, today, LINES));
        });
    }

    /**
     * @param year empty for this one
     * @param version empty for what holds now
     */
    @GET
    @Path("{namespace}/{name}")
    @Requires(value = Permission.VIEW, on = ObjectRule.LOOKED_UP)
    public View show(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @QueryParam("year") @DefaultValue("") String year,
            @QueryParam("version") @DefaultValue("") String version,
            @Context Caller caller,
            @Context ZoneId zone) {
        return database.inTransaction(transaction -> {
            NamedCalendar calendar = calendars.get(transaction, namespace, name);
            caller.demand(Permission.VIEW, seenBy(caller, calendar));
            LocalDate today = today(transaction, zone);
            int shown = shown(calendar, version);
            BusinessCalendar content = CalendarVersions.content(transaction, calendar.id(), shown);
            Page page = Page.of("calendar/show")
                    .with("calendar", calendar)
                    .with("content", content)
                    .with("shown", shown)
                    .with("year", YearView.of(content, year, today))
                    .with("today", today);
            return withPeople(page, transaction, calendar, caller);
        });
    }

    static Redirect to(String namespace, String name) {
        return Redirect.to(Address.of("calendars", namespace, name).toString());
    }

    static LocalDate today(Transaction transaction, ZoneId zone) {
        return LocalDate.ofInstant(transaction.now(), zone);
    }

    private static Page withPeople(Page page, Transaction transaction, NamedCalendar calendar, Caller caller) {
        Set<String> seen = caller.namespaces(Permission.VIEW);
        return page.with("followers", Follower.list(transaction, calendar.id(), seen, FOLLOWERS))
                .with("followerCount", Follower.number(transaction, calendar.id()))
                .with("versions", CalendarVersions.newest(transaction, calendar.id(), VERSIONS));
    }

    /** A shared calendar is for everybody to see, since everybody's schedules may follow it. */
    private static String seenBy(Caller caller, NamedCalendar calendar) {
        boolean shared = calendar.draft().shared() && caller.mayAnywhere(Permission.VIEW);
        return shared ? caller.namespaces(Permission.VIEW).iterator().next() : calendar.namespace();
    }

    private static int shown(NamedCalendar calendar, String version) {
        int asked = version.matches("[0-9]{1,9}") ? Integer.parseInt(version) : calendar.version();
        return Math.min(asked, calendar.version());
    }
}
