package io.yardmaster.calendar;

import io.yardmaster.audit.Actor;
import io.yardmaster.audit.Audit;
import io.yardmaster.audit.AuditEntry;
import io.yardmaster.audit.Subject;
import io.yardmaster.database.Conflict;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Missing;
import io.yardmaster.database.Names;
import io.yardmaster.database.Transaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The calendars. Each change makes a version that is kept, so that the past can be judged by what held then, and an entry of
 * the audit; whoever goes by the calendar settles first.
 */
public final class Calendars {
    private static final int NAMED = 5;

    private final CalendarFollowers followers;

    public Calendars(CalendarFollowers followers) {
        this.followers = followers;
    }

    /** The calendar of that name that is not archived. */
    public Optional<NamedCalendar> find(Transaction transaction, String namespace, String name) {
        return Names.arePossible(namespace, name) ? CalendarRows.find(transaction, namespace, name) : Optional.empty();
    }

    /** As {@link #find(Transaction, String, String)}. @throws Missing if there is none */
    public NamedCalendar get(Transaction transaction, String namespace, String name) {
        return find(transaction, namespace, name).orElseThrow(() -> new Missing("calendar " + namespace + "/" + name));
    }

    /** The calendar with that id, archived or not. */
    public Optional<NamedCalendar> find(Transaction transaction, long id) {
        return CalendarRows.find(transaction, id);
    }

    /**
     * As it is now, and nobody changes it or begins to follow it before the transaction ends.
     *
     * @throws Missing if it is archived
     */
    public NamedCalendar locked(Transaction transaction, long id) {
        return CalendarRows.lock(transaction, id)
                .filter(found -> !found.archived())
                .orElseThrow(() -> new Missing("calendar " + id));
    }

    /**
     * Those that are not archived, by namespace and name.
     *
     * @param namespaces null for all
     * @param after {@code namespace/name} of the one before; empty for the first
     */
    public List<NamedCalendar> page(Transaction transaction, Set<String> namespaces, String after, int limit) {
        return CalendarRows.page(transaction, namespaces, after, limit);
    }

    /** Those that are not archived, by namespace and name: there are few. */
    public List<NamedCalendar> list(Transaction transaction) {
        return CalendarRows.list(transaction);
    }

    /**
     * @throws Invalid naming every field that is wrong
     * @throws Conflict if the name is taken
     */
    public NamedCalendar create(Transaction transaction, CalendarDraft draft, Actor by) {
        check(draft);
        long id = CalendarRows.insert(transaction, draft);
        CalendarRows.keep(transaction, id, 0, draft.content(), by);
        NamedCalendar calendar = CalendarRows.find(transaction, id).orElseThrow();
        record(transaction, calendar, "calendar.create", by);
        return calendar;
    }

    /**
     * @param version which version {@code draft} was made from
     * @throws Invalid naming every field that is wrong
     * @throws Conflict if somebody has changed the calendar since, or schedules of other namespaces follow what is shared no longer
     */
    public NamedCalendar update(Transaction transaction, long id, int version, CalendarDraft draft, Actor by) {
        check(draft);
        NamedCalendar calendar = locked(transaction, id, version);
        if (draft.equals(calendar.draft())) {
            return calendar;
        }
        if (!draft.namespace().equals(calendar.namespace()) || !draft.name().equals(calendar.name())) {
            throw new Invalid("name", draft.name(), "invalid.name.kept.calendar");
        }
        if (calendar.draft().shared() && !draft.shared()) {
            insistOnNoUser(transaction, calendar, true);
        }
        followers.change(transaction, id, () -> {
            CalendarRows.update(transaction, calendar, draft);
            CalendarRows.keep(transaction, id, version + 1, draft.content(), by);
        });
        NamedCalendar changed = CalendarRows.find(transaction, id).orElseThrow();
        record(transaction, changed, "calendar.update", by);
        return changed;
    }

    /** @throws Conflict if schedules follow it, or if it was changed since {@code version} */
    public void archive(Transaction transaction, long id, int version, Actor by) {
        NamedCalendar calendar = locked(transaction, id, version);
        insistOnNoUser(transaction, calendar, false);
        CalendarRows.archive(transaction, id);
        record(transaction, calendar, "calendar.archive", by);
    }

    private void insistOnNoUser(Transaction transaction, NamedCalendar calendar, boolean elsewhere) {
        List<String> users = followers.of(transaction, calendar.id(), elsewhere, NAMED);
        if (!users.isEmpty()) {
            throw new Conflict("conflict.calendar.used", calendar.fullName(), String.join(", ", users));
        }
    }

    private NamedCalendar locked(Transaction transaction, long id, int version) {
        NamedCalendar calendar = locked(transaction, id);
        if (calendar.version() != version) {
            throw new Conflict(
                    "conflict.calendar.changed",
                    calendar.fullName(),
                    calendar.updatedAt(),
                    calendar.version(),
                    version);
        }
        return calendar;
    }

    private static void check(CalendarDraft draft) {
        Invalid.Problems problems = new Invalid.Problems();
        CalendarRules.check(draft, problems);
        problems.throwIfAny();
    }

    private static void record(Transaction transaction, NamedCalendar calendar, String action, Actor by) {
        Map<String, Object> detail = Map.of(
                "version", calendar.version(),
                "shared", calendar.draft().shared(),
                "holidays", calendar.content().holidays().size(),
                "workdays", calendar.content().workdays().size(),
                "knownThrough", calendar.content().knownThrough().toString());
        Subject subject = new Subject("calendar", calendar.namespace(), calendar.name());
        Audit.record(transaction, new AuditEntry(by, action, subject, detail));
    }
}
