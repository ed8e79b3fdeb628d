package io.yardmaster.web.schedule;

import io.yardmaster.database.Database;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.Page;
import io.yardmaster.web.View;
import io.yardmaster.web.form.Form;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

/** The next fires of what somebody is typing: the part of a page that replaces itself. */
@Path("/schedules/preview")
@Produces(MediaType.TEXT_HTML)
public final class PreviewPages {
    private final Database database;
    private final Previews previews = new Previews();

    public PreviewPages(Database database) {
        this.database = database;
    }

    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.ANYWHERE)
    public View preview(@Context UriInfo uri, @Context Caller caller) {
        Form form = Form.of(uri.getQueryParameters());
        return Page.of("schedule/preview").with("preview", preview(form, caller));
    }

    /** The cron expression that the form's choices mean, in its field, beside its preview. */
    @GET
    @Path("cron")
    @Requires(value = Permission.VIEW, on = ObjectRule.ANYWHERE)
    public View cron(@Context UriInfo uri, @Context Caller caller) {
        Form form = ScheduleForm.built(Form.of(uri.getQueryParameters()));
        return Page.of("schedule/cron")
                .with("form", form)
                .with("preview", preview(form, caller))
                .with("beside", true);
    }

    /** Which job it is for is not known here: by any calendar that the caller may see. */
    private Preview preview(Form form, Caller caller) {
        String calendar = form.text(CalendarFields.CALENDAR);
        String namespace = calendar.substring(0, Math.max(0, calendar.indexOf('/')));
        String home = caller.may(Permission.VIEW, namespace) ? namespace : "";
        return database.inTransaction(transaction -> previews.of(transaction, home, form));
    }
}
