package io.yardmaster.web.schedule;

import io.yardmaster.database.Conflict;
import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Missing;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Job;
import io.yardmaster.job.Jobs;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.trigger.Schedule;
import io.yardmaster.trigger.Schedules;
import io.yardmaster.web.Page;
import io.yardmaster.web.Redirect;
import io.yardmaster.web.View;
import io.yardmaster.web.form.Address;
import io.yardmaster.web.form.Form;
import io.yardmaster.web.form.Switch;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;

/** The schedules of a job: write, switch, archive. */
@Path("/jobs/{namespace}/{name}/schedules")
@Produces(MediaType.TEXT_HTML)
public final class SchedulePages {
    private final Database database;
    private final Jobs jobs;
    private final Schedules schedules;
    private final ScheduleEditor editor;

    public SchedulePages(Database database, Jobs jobs, Schedules schedules) {
        this.database = database;
        this.jobs = jobs;
        this.schedules = schedules;
        this.editor = new ScheduleEditor(schedules);
    }

    /** Where a form that was refused has left its reader; the job's page lists its schedules. */
    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.NAMESPACE_IN_PATH)
    public View list(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        return Redirect.to(Address.of("jobs", namespace, name).toString());
    }

    @GET
    @Path("new")
    @Requires(value = Permission.EDIT, on = ObjectRule.NAMESPACE_IN_PATH)
    public View blank(@PathParam("namespace") String namespace, @PathParam("name") String name, @Context ZoneId zone) {
        return database.inTransaction(transaction ->
                editor.blank(transaction, jobs.get(transaction, namespace, name), today(transaction, zone)));
    }

    @POST
    @Requires(value = Permission.EDIT, on = ObjectRule.NAMESPACE_IN_PATH)
    public View create(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            MultivaluedMap<String, String> sent,
            @Context Caller caller) {
        Form form = Form.of(sent);
        Function<Transaction, Page> again =
                transaction -> editor.page(transaction, jobs.get(transaction, namespace, name), null, form);
        return orAgain(
                again,
                transaction -> editor.isSaved(form)
                        ? editor.create(transaction, jobs.get(transaction, namespace, name), form, caller)
                        : again.apply(transaction));
    }

    @GET
    @Path("{id}/edit")
    @Requires(value = Permission.EDIT, on = ObjectRule.NAMESPACE_IN_PATH)
    public View edit(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @PathParam("id") String id,
            @Context ZoneId zone) {
        return database.inTransaction(transaction -> {
            Job job = jobs.get(transaction, namespace, name);
            return editor.begun(transaction, job, find(transaction, job, id), today(transaction, zone));
        });
    }

    @POST
    @Path("{id}/edit")
    @Requires(value = Permission.EDIT, on = ObjectRule.NAMESPACE_IN_PATH)
    public View save(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @PathParam("id") String id,
            MultivaluedMap<String, String> sent,
            @Context Caller caller) {
        Form form = Form.of(sent);
        Function<Transaction, Page> again = transaction -> {
            Job job = jobs.get(transaction, namespace, name);
            Schedule schedule = find(transaction, job, id);
            return editor.page(transaction, job, schedule, editor.whole(transaction, schedule, form));
        };
        return orAgain(again, transaction -> {
            Job job = jobs.get(transaction, namespace, name);
            Schedule schedule = find(transaction, job, id);
            return editor.isSaved(form)
                    ? editor.change(transaction, job, schedule, editor.whole(transaction, schedule, form), caller)
                    : again.apply(transaction);
        });
    }

    @POST
    @Path("{id}/" + Switch.PATH)
    @Requires(value = Permission.OPERATE, on = ObjectRule.NAMESPACE_IN_PATH)
    public View turn(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @PathParam("id") String id,
            @PathParam(Switch.NAME) Switch wanted,
            @Context Caller caller) {
        return database.inTransaction(transaction -> {
            Job job = jobs.get(transaction, namespace, name);
            Schedule schedule =
                    schedules.enable(transaction, find(transaction, job, id).id(), wanted.isOn(), caller.actor());
            return to(job).saying(wanted.isOn() ? "schedule.switched-on" : "schedule.switched-off", schedule.name());
        });
    }

    @GET
    @Path("{id}/archive")
    @Requires(value = Permission.EDIT, on = ObjectRule.NAMESPACE_IN_PATH)
    public View askToArchive(
            @PathParam("namespace") String namespace, @PathParam("name") String name, @PathParam("id") String id) {
        return database.inTransaction(transaction -> {
            Job job = jobs.get(transaction, namespace, name);
            return Page.of("schedule/archive")
                    .with("job", job)
                    .with("schedule", ListedSchedule.of(transaction, find(transaction, job, id)));
        });
    }

    @POST
    @Path("{id}/archive")
    @Requires(value = Permission.EDIT, on = ObjectRule.NAMESPACE_IN_PATH)
    public View archive(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @PathParam("id") String id,
            @FormParam("version") @DefaultValue("-1") int version,
            @Context Caller caller) {
        return database.inTransaction(transaction -> {
            Job job = jobs.get(transaction, namespace, name);
            Schedule schedule = find(transaction, job, id);
            schedules.archive(transaction, schedule.id(), version, caller.actor());
            return to(job).saying("schedule.archived", schedule.name());
        });
    }

    /** Of this very job, so that the namespace in the path is the one that was asked permission for. */
    private Schedule find(Transaction transaction, Job job, String id) {
        Optional<Schedule> found =
                id.matches("[0-9]{1,18}") ? schedules.find(transaction, Long.parseLong(id)) : Optional.empty();
        return found.filter(schedule -> schedule.jobId() == job.id() && !schedule.archived())
                .orElseThrow(() -> new Missing("schedule " + id + " of job " + job.fullName()));
    }

    private View orAgain(Function<Transaction, Page> again, Function<Transaction, View> work) {
        try {
            return database.inTransaction(work);
        } catch (Invalid refused) {
            return database.inTransaction(again).refused(ScheduleForm.atFields(refused));
        } catch (Conflict taken) {
            return database.inTransaction(again).refused(new Invalid("schedule.name", null, taken.said()));
        }
    }

    private static LocalDate today(Transaction transaction, ZoneId zone) {
        return LocalDate.ofInstant(transaction.now(), zone);
    }

    static Redirect to(Job job) {
        return Redirect.to(Address.of("jobs", job.namespace(), job.name()).toString());
    }
}
