package io.yardmaster.web.calendar;

import io.yardmaster.calendar.CalendarDraft;
import io.yardmaster.calendar.CalendarRules;
import io.yardmaster.calendar.Calendars;
import io.yardmaster.calendar.NamedCalendar;
import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.trigger.CalendarChanges;
import io.yardmaster.web.api.Cursor;
import io.yardmaster.web.api.PageAnswer;
import io.yardmaster.web.api.Query;
import io.yardmaster.web.definition.Bodies;
import io.yardmaster.web.definition.Definitions;
import io.yardmaster.web.definition.Document.CalendarDocument;
import io.yardmaster.web.definition.DocumentWriter;
import io.yardmaster.web.definition.Edit;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Business calendars as documents, and what a change would do. */
@Path("api/v1/calendars")
@Produces(MediaType.APPLICATION_JSON)
public final class CalendarsResource {
    private static final String LIST = "calendars";
    private static final int MOST_CHANGES = 1000;

    private final Database database;
    private final Calendars calendars;
    private final Definitions definitions;

    public CalendarsResource(Database database, Calendars calendars, Definitions definitions) {
        this.database = database;
        this.calendars = calendars;
        this.definitions = definitions;
    }

    /**
     * Which coming fires would change.
     *
     * @param items by nominal instant
     * @param whole whether these are all of the next {@code days}
     */
    public record Preview(List<CalendarChanges.ChangedFire> items, boolean whole, long days) {}

    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.ANYWHERE)
    public PageAnswer<Map<String, Object>> list(
            @QueryParam("namespace") String namespace,
            @QueryParam("cursor") String cursor,
            @QueryParam("limit") String limit,
            @Context Caller caller) {
        Query query = new Query();
        int rows = query.limit(limit);
        query.end();
        String after = Cursor.read(LIST, cursor, "", key -> key.get(0));
        Set<String> namespaces = Query.namespaces(caller, namespace);
        return database.inTransaction(transaction -> {
            Instant now = transaction.now();
            return PageAnswer.of(
                    calendars.page(transaction, namespaces, after, rows + 1),
                    rows,
                    calendar -> shown(calendar, now),
                    last -> Cursor.of(LIST, List.of(last.fullName())));
        });
    }

    @GET
    @Path("{namespace}/{name}")
    @Requires(value = Permission.VIEW, on = ObjectRule.NAMESPACE_IN_PATH)
    public Response get(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        return database.inTransaction(transaction -> {
            NamedCalendar calendar = calendars.get(transaction, namespace, name);
            return Response.ok(shown(calendar, transaction.now()))
                    .tag(definitions.etag(calendar))
                    .build();
        });
    }

    @GET
    @Path("{namespace}/{name}")
    @Produces(Bodies.YAML)
    @Requires(value = Permission.VIEW, on = ObjectRule.NAMESPACE_IN_PATH)
    public Response getYaml(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        NamedCalendar calendar = database.inTransaction(transaction -> calendars.get(transaction, namespace, name));
        return Bodies.yaml(new CalendarDocument(calendar.draft()), definitions.etag(calendar));
    }

    /** Schedules that follow it go by what it then says from now on; what came until now is judged by what it said. */
    @PUT
    @Path("{namespace}/{name}")
    @Consumes({MediaType.APPLICATION_JSON, Bodies.YAML, "application/x-yaml", "text/yaml"})
    @Requires(value = Permission.EDIT, on = ObjectRule.NAMESPACE_IN_PATH)
    public Response put(@BeanParam Edit edit, byte[] body) {
        CalendarDocument document = (CalendarDocument) edit.document(CalendarDocument.class, body);
        return Bodies.answer(database.inTransaction(
                transaction -> definitions.apply(transaction, document, edit.precondition(), edit.caller())));
    }

    /** What putting this document would change; changes nothing. */
    @POST
    @Path("{namespace}/{name}/preview")
    @Consumes({MediaType.APPLICATION_JSON, Bodies.YAML, "application/x-yaml", "text/yaml"})
    @Requires(value = Permission.EDIT, on = ObjectRule.NAMESPACE_IN_PATH)
    public Preview preview(@BeanParam Edit edit, @QueryParam("limit") String limit, byte[] body) {
        Query query = new Query();
        int most = (int) query.number("limit", limit, 1, MOST_CHANGES, 100);
        query.end();
        CalendarDraft draft = ((CalendarDocument) edit.document(CalendarDocument.class, body)).draft();
        Invalid.Problems problems = new Invalid.Problems();
        CalendarRules.check(draft, problems);
        problems.throwIfAny();
        CalendarChanges changes = database.inTransaction(transaction -> calendars
                .find(transaction, edit.namespace(), edit.name())
                .map(there -> CalendarChanges.of(transaction, there.id(), there.content(), draft.content(), most))
                .orElse(new CalendarChanges(List.of(), true)));
        return new Preview(changes.fires(), changes.whole(), CalendarChanges.AHEAD.toDays());
    }

    @DELETE
    @Path("{namespace}/{name}")
    @Requires(value = Permission.EDIT, on = ObjectRule.NAMESPACE_IN_PATH)
    public void archive(@BeanParam Edit edit) {
        database.useTransaction(transaction -> definitions.archiveCalendar(transaction, edit));
    }

    private static Map<String, Object> shown(NamedCalendar calendar, Instant now) {
        Map<String, Object> fields = DocumentWriter.fields(new CalendarDocument(calendar.draft()));
        fields.put("status", CalendarStatus.of(calendar, now));
        return fields;
    }
}
