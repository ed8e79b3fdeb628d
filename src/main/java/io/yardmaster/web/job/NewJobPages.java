package io.yardmaster.web.job;

import io.yardmaster.database.Database;
import io.yardmaster.job.Jobs;
import io.yardmaster.queue.Queues;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.View;
import io.yardmaster.web.definition.Definitions;
import io.yardmaster.web.form.EditableNamespaces;
import io.yardmaster.web.form.Form;
import io.yardmaster.web.schedule.ScheduleForm;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.LocalDate;
import java.time.ZoneId;

/** New jobs. */
@Path("/jobs")
@Produces(MediaType.TEXT_HTML)
public final class NewJobPages {
    private final JobWriting writing;

    public NewJobPages(Database database, Jobs jobs, Queues queues, Definitions definitions) {
        this.writing = new JobWriting(database, jobs, queues, definitions);
    }

    @GET
    @Path("new")
    @Requires(value = Permission.EDIT, on = ObjectRule.ANYWHERE)
    public View blank(
            @QueryParam("namespace") @DefaultValue("") String namespace, @Context Caller caller, @Context ZoneId zone) {
        Form blank = JobForm.blank(namespace.isEmpty() ? EditableNamespaces.usual(caller) : namespace);
        return writing.begin(caller, JobWriting.NEW, ScheduleForm.beginning(blank, LocalDate.now(zone)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Requires(value = Permission.EDIT, on = ObjectRule.ANYWHERE)
    public View create(MultivaluedMap<String, String> sent, @Context Caller caller) {
        return writing.answer(caller, JobWriting.NEW, Form.of(sent));
    }
}
