package io.yardmaster.web.schedule;

import io.yardmaster.database.Database;
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

    public PreviewPages(Database database) {
        this.database = database;
    }

    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.ANYWHERE)
    public View preview(@Context UriInfo uri) {
        Form form = Form.of(uri.getQueryParameters());
        return Page.of("schedule/preview").with("preview", preview(form));
    }

    /** The cron expression that the form's choices mean, in its field, beside its preview. */
    @GET
    @Path("cron")
    @Requires(value = Permission.VIEW, on = ObjectRule.ANYWHERE)
    public View cron(@Context UriInfo uri) {
        Form form = ScheduleForm.built(Form.of(uri.getQueryParameters()));
        return Page.of("schedule/cron")
                .with("form", form)
                .with("preview", preview(form))
                .with("beside", true);
    }

    private Preview preview(Form form) {
        return database.inTransaction(transaction -> Preview.of(form, transaction.now()));
    }
}
