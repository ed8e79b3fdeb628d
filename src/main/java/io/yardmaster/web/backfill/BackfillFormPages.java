package io.yardmaster.web.backfill;

import io.yardmaster.database.Conflict;
import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Job;
import io.yardmaster.job.Jobs;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.timetable.Timetable.Kind;
import io.yardmaster.trigger.BackfillPlan;
import io.yardmaster.trigger.Backfills;
import io.yardmaster.trigger.Schedule;
import io.yardmaster.web.Page;
import io.yardmaster.web.Redirect;
import io.yardmaster.web.View;
import io.yardmaster.web.form.Address;
import io.yardmaster.web.form.Form;
import io.yardmaster.web.form.ParameterRows;
import io.yardmaster.web.schedule.ZoneChoice;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** The form of a backfill: filled in, looked at, started. */
@Path("/jobs/{namespace}/{name}/backfill")
@Produces(MediaType.TEXT_HTML)
public final class BackfillFormPages {
    private final Database database;
    private final Jobs jobs;
    private final BackfillDesk desk;
    private final Backfills backfills;

    public BackfillFormPages(Database database, Jobs jobs, BackfillDesk desk, Backfills backfills) {
        this.database = database;
        this.jobs = jobs;
        this.desk = desk;
        this.backfills = backfills;
    }

    @GET
    @Requires(value = Permission.OPERATE, on = ObjectRule.NAMESPACE_IN_PATH)
    public View ask(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @Context ZoneId zone,
            @Context UriInfo uri) {
        String wanted = uri.getQueryParameters().getFirst("schedule");
        return database.inTransaction(transaction -> {
            Job job = jobs.get(transaction, namespace, name);
            Optional<Schedule> first = possible(transaction, job).stream()
                    .filter(one -> wanted == null || one.name().equals(wanted))
                    .findFirst();
            ZoneId local = first.map(one -> ZoneId.of(one.timetable().zone())).orElse(zone);
            return page(transaction, job, BackfillForm.blank(first.orElse(null), transaction.now(), local), null);
        });
    }

    /** Shows what the form means, or starts it. */
    @POST
    @Requires(value = Permission.OPERATE, on = ObjectRule.NAMESPACE_IN_PATH)
    public View act(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            MultivaluedMap<String, String> sent,
            @Context Caller caller) {
        Form form = Form.of(sent);
        try {
            return database.inTransaction(transaction -> {
                Job job = jobs.get(transaction, namespace, name);
                return switch (form.value("action")) {
                    case "start" -> started(transaction, job, form, caller);
                    case "rows" -> page(transaction, job, form, null);
                    default -> page(transaction, job, form, plan(transaction, job, form));
                };
            });
        } catch (Invalid refused) {
            return again(namespace, name, form).refused(BackfillForm.atFields(refused));
        } catch (Conflict rival) {
            return again(namespace, name, form).refused(new Invalid("backfill", null, rival.said()));
        }
    }

    /** What the form means so far: the part of the page that replaces itself. */
    @GET
    @Path("preview")
    @Requires(value = Permission.OPERATE, on = ObjectRule.NAMESPACE_IN_PATH)
    public View preview(
            @PathParam("namespace") String namespace, @PathParam("name") String name, @Context UriInfo uri) {
        Form form = Form.of(uri.getQueryParameters());
        Page page = Page.of("backfill/preview");
        try {
            return database.inTransaction(transaction -> page.with(
                            "plan", plan(transaction, jobs.get(transaction, namespace, name), form))
                    .with("wrong", List.of()));
        } catch (Invalid refused) {
            return page.with("plan", null)
                    .with("wrong", BackfillForm.atFields(refused).problems());
        }
    }

    private BackfillPlan plan(Transaction transaction, Job job, Form form) {
        return backfills.plan(transaction, desk.draft(transaction, job, BackfillForm.read(form, job)));
    }

    private View started(Transaction transaction, Job job, Form form, Caller caller) {
        long made = backfills.create(
                transaction, desk.draft(transaction, job, BackfillForm.read(form, job)), caller.actor());
        return Redirect.to(Address.of("backfills", made).toString()).saying("backfill.started", job.name());
    }

    private Page again(String namespace, String name, Form form) {
        return database.inTransaction(
                transaction -> page(transaction, jobs.get(transaction, namespace, name), form, null));
    }

    /** @param plan what the form means; null before it was looked at */
    private Page page(Transaction transaction, Job job, Form form, BackfillPlan plan) {
        return Page.of("backfill/form")
                .with("job", job)
                .with("form", form)
                .with("shown", BackfillForm.SHOWN)
                .with("rows", ParameterRows.of(form))
                .with("schedules", possible(transaction, job))
                .with("kinds", BackfillForm.KINDS)
                .with("own", BackfillForm.OWN)
                .with("zones", ZoneChoice.all())
                .with("calendars", BackfillForm.calendars(transaction, job, form))
                .with("plan", plan)
                .with("wrong", List.of());
    }

    /** Those whose instants are told by an expression. */
    private List<Schedule> possible(Transaction transaction, Job job) {
        return desk.schedules(transaction, job).stream()
                .filter(one -> one.timetable().kind() != Kind.DELAY)
                .toList();
    }
}
