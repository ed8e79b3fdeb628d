package io.yardmaster.web.calendar;

import io.yardmaster.calendar.Calendars;
import io.yardmaster.calendar.HolidayFile;
import io.yardmaster.calendar.NamedCalendar;
import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.Page;
import io.yardmaster.web.View;
import io.yardmaster.web.form.EditableNamespaces;
import io.yardmaster.web.form.Form;
import jakarta.ws.rs.Consumes;
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
import org.glassfish.jersey.media.multipart.FormDataMultiPart;

/**
 * Holidays out of files, into the form of a calendar. What the form held before goes along from page to page; nothing is
 * stored here.
 */
@Path("/calendars")
@Produces(MediaType.TEXT_HTML)
public final class CalendarImportPages {
    private final Database database;
    private final Calendars calendars;

    public CalendarImportPages(Database database, Calendars calendars) {
        this.database = database;
        this.calendars = calendars;
    }

    @GET
    @Path("import")
    @Requires(value = Permission.EDIT, on = ObjectRule.ANYWHERE)
    public View ask(@Context Caller caller, @Context ZoneId zone) {
        return page(null, CalendarForm.blank(EditableNamespaces.usual(caller), today(zone)), zone);
    }

    /** From the form of a new calendar, with what it holds. */
    @POST
    @Path("import")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Requires(value = Permission.EDIT, on = ObjectRule.ANYWHERE)
    public View ask(MultivaluedMap<String, String> sent, @Context ZoneId zone) {
        return page(null, Form.of(sent), zone);
    }

    @POST
    @Path("import")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Requires(value = Permission.EDIT, on = ObjectRule.ANYWHERE)
    public View preview(FormDataMultiPart sent, @Context ZoneId zone) {
        return previewed(null, Upload.of(sent), zone);
    }

    @GET
    @Path("{namespace}/{name}/import")
    @Requires(value = Permission.EDIT, on = ObjectRule.NAMESPACE_IN_PATH)
    public View askFor(@PathParam("namespace") String namespace, @PathParam("name") String name, @Context ZoneId zone) {
        NamedCalendar calendar = find(namespace, name);
        return page(calendar, CalendarForm.of(calendar), zone);
    }

    /** From the form of that calendar, with what it holds. */
    @POST
    @Path("{namespace}/{name}/import")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Requires(value = Permission.EDIT, on = ObjectRule.NAMESPACE_IN_PATH)
    public View askFor(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            MultivaluedMap<String, String> sent,
            @Context ZoneId zone) {
        return page(find(namespace, name), Form.of(sent), zone);
    }

    @POST
    @Path("{namespace}/{name}/import")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Requires(value = Permission.EDIT, on = ObjectRule.NAMESPACE_IN_PATH)
    public View previewFor(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            FormDataMultiPart sent,
            @Context ZoneId zone) {
        return previewed(find(namespace, name), Upload.of(sent), zone);
    }

    private View previewed(NamedCalendar calendar, Upload upload, ZoneId zone) {
        try {
            return ImportPreview.page(calendar, upload.form(), upload.days(HolidayFile.horizon(today(zone))));
        } catch (Invalid refused) {
            return page(calendar, upload.form(), zone).refused(refused);
        }
    }

    private Page page(NamedCalendar calendar, Form form, ZoneId zone) {
        return Page.of("calendar/import")
                .with("calendar", calendar)
                .with("form", form)
                .with("carried", CalendarForm.carried(form))
                .with("megabytes", HolidayFile.LARGEST >> 20)
                .with("horizon", HolidayFile.horizon(today(zone)));
    }

    private NamedCalendar find(String namespace, String name) {
        return database.inTransaction(transaction -> calendars.get(transaction, namespace, name));
    }

    private LocalDate today(ZoneId zone) {
        return database.inTransaction(transaction -> CalendarPages.today(transaction, zone));
    }
}
