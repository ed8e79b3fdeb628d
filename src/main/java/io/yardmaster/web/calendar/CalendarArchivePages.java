package io.yardmaster.web.calendar;

import io.yardmaster.calendar.Calendars;
import io.yardmaster.calendar.NamedCalendar;
import io.yardmaster.database.Conflict;
import io.yardmaster.database.Database;
import io.yardmaster.database.Transaction;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.Page;
import io.yardmaster.web.Redirect;
import io.yardmaster.web.View;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** The end of a calendar that nobody follows any more. */
@Path("/calendars/{namespace}/{name}/archive")
@Produces(MediaType.TEXT_HTML)
public final class CalendarArchivePages {
    private static final int NAMED = 20;
    private static final int CONFLICT = 409;

    private final Database database;
    private final Calendars calendars;

    public CalendarArchivePages(Database database, Calendars calendars) {
        this.database = database;
        this.calendars = calendars;
    }

    @GET
    @Requires(value = Permission.EDIT, on = ObjectRule.NAMESPACE_IN_PATH)
    public View ask(@PathParam("namespace") String namespace, @PathParam("name") String name, @Context Caller caller) {
        return database.inTransaction(transaction -> page(transaction, namespace, name, caller));
    }

    /** @param version which one the question was about */
    @POST
    @Requires(value = Permission.EDIT, on = ObjectRule.NAMESPACE_IN_PATH)
    public View archive(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @FormParam("version") @DefaultValue("-1") int version,
            @Context Caller caller) {
        try {
            database.useTransaction(transaction -> calendars.archive(
                    transaction, calendars.get(transaction, namespace, name).id(), version, caller.actor()));
            return Redirect.to("/calendars").saying("calendar.archived", name);
        } catch (Conflict changedOrUsed) {
            return database.inTransaction(transaction -> page(transaction, namespace, name, caller))
                    .with("version", version)
                    .status(CONFLICT);
        }
    }

    private Page page(Transaction transaction, String namespace, String name, Caller caller) {
        NamedCalendar calendar = calendars.get(transaction, namespace, name);
        return Page.of("calendar/archive")
                .with("calendar", calendar)
                .with("version", calendar.version())
                .with("followers", Follower.list(transaction, calendar.id(), caller.namespaces(Permission.VIEW), NAMED))
                .with("followerCount", Follower.number(transaction, calendar.id()));
    }
}
