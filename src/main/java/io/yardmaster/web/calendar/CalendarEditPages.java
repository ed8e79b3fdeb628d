package io.yardmaster.web.calendar;

import io.yardmaster.calendar.CalendarDraft;
import io.yardmaster.calendar.Calendars;
import io.yardmaster.calendar.NamedCalendar;
import io.yardmaster.database.Conflict;
import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.Page;
import io.yardmaster.web.View;
import io.yardmaster.web.form.EditableNamespaces;
import io.yardmaster.web.form.Form;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.ZoneId;

/** New calendars, and changes to them, which are shown with what they move before they are made. */
@Path("/calendars")
@Produces(MediaType.TEXT_HTML)
public final class CalendarEditPages {
    private static final String EDIT = "edit";
    private static final String SAVE = "save";
    private static final int CONFLICT = 409;

    private final Database database;
    private final Calendars calendars;

    public CalendarEditPages(Database database, Calendars calendars) {
        this.database = database;
        this.calendars = calendars;
    }

    @GET
    @Path("new")
    @Requires(value = Permission.EDIT, on = ObjectRule.ANYWHERE)
    public View blank(@Context Caller caller, @Context ZoneId zone) {
        Form blank = database.inTransaction(transaction ->
                CalendarForm.blank(EditableNamespaces.usual(caller), CalendarPages.today(transaction, zone)));
        return page(null, blank, caller);
    }

    /** With the action {@value #EDIT} the form is shown again and nothing stored: an import leads here. */
    @POST
    @Requires(value = Permission.EDIT, on = ObjectRule.ANYWHERE)
    public View create(MultivaluedMap<String, String> sent, @Context Caller caller) {
        Form form = Form.of(sent);
        if (form.value(CalendarForm.ACTION).equals(EDIT)) {
            return page(null, form, caller);
        }
        try {
            return database.inTransaction(transaction -> created(transaction, form, caller));
        } catch (Invalid refused) {
            return page(null, form, caller).refused(refused);
        } catch (Conflict taken) {
            return page(null, form, caller).refused(new Invalid("name", form.text("name"), taken.said()));
        }
    }

    @GET
    @Path("{namespace}/{name}/edit")
    @Requires(value = Permission.EDIT, on = ObjectRule.NAMESPACE_IN_PATH)
    public View edit(@PathParam("namespace") String namespace, @PathParam("name") String name, @Context Caller caller) {
        NamedCalendar calendar = database.inTransaction(transaction -> calendars.get(transaction, namespace, name));
        return page(calendar, CalendarForm.of(calendar), caller);
    }

    /** Shows what would change; with the action {@value #SAVE} stores it, with {@value #EDIT} shows the form again. */
    @POST
    @Path("{namespace}/{name}/edit")
    @Requires(value = Permission.EDIT, on = ObjectRule.NAMESPACE_IN_PATH)
    public View save(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            MultivaluedMap<String, String> sent,
            @Context Caller caller) {
        // a calendar keeps its name, whatever the form says
        Form form = Form.of(sent).with("namespace", namespace).with("name", name);
        try {
            return database.inTransaction(
                    transaction -> changed(transaction, calendars.get(transaction, namespace, name), form, caller));
        } catch (Invalid refused) {
            return again(namespace, name, form, caller).refused(refused);
        } catch (Conflict refused) {
            return again(namespace, name, form, caller)
                    .refused(new Invalid("calendar", null, refused.said()))
                    .status(CONFLICT);
        }
    }

    private View created(Transaction transaction, Form form, Caller caller) {
        Invalid.Problems problems = new Invalid.Problems();
        CalendarDraft draft = CalendarForm.draft(form, problems);
        EditableNamespaces.check(caller, draft.namespace(), "invalid.namespace.calendar", problems);
        problems.throwIfAny();
        calendars.create(transaction, draft, caller.actor());
        return CalendarPages.to(draft.namespace(), draft.name()).saying("calendar.created", draft.name());
    }

    private View changed(Transaction transaction, NamedCalendar calendar, Form form, Caller caller) {
        if (form.value(CalendarForm.ACTION).equals(EDIT)) {
            return page(calendar, form, caller);
        }
        if (!form.value(CalendarForm.VERSION).equals(Integer.toString(calendar.version()))) {
            String version = Integer.toString(calendar.version());
            return page(calendar, form.with(CalendarForm.VERSION, version), caller)
                    .with("theirs", calendar)
                    .status(CONFLICT);
        }
        Invalid.Problems problems = new Invalid.Problems();
        CalendarDraft draft = CalendarForm.draft(form, problems);
        if (calendar.draft().shared() && !draft.shared()) {
            long elsewhere = Follower.elsewhere(transaction, calendar.id());
            problems.check(elsewhere == 0, "shared", null, "invalid.calendar.unshare", elsewhere);
        }
        problems.throwIfAny();
        if (!form.value(CalendarForm.ACTION).equals(SAVE)) {
            return CalendarReview.page(transaction, calendar, draft, form, caller);
        }
        calendars.update(transaction, calendar.id(), calendar.version(), draft, caller.actor());
        return CalendarPages.to(draft.namespace(), draft.name()).saying("calendar.saved", draft.name());
    }

    private Page again(String namespace, String name, Form form, Caller caller) {
        return page(database.inTransaction(transaction -> calendars.get(transaction, namespace, name)), form, caller);
    }

    private static Page page(NamedCalendar calendar, Form form, Caller caller) {
        return Page.of("calendar/form")
                .with("calendar", calendar)
                .with("form", form)
                .with("windows", BlackoutRows.of(form))
                .with("shown", CalendarForm.SHOWN)
                .with("namespaces", EditableNamespaces.of(caller))
                .with("theirs", null);
    }
}
