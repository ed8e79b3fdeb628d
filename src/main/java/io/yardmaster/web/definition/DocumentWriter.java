package io.yardmaster.web.definition;

import io.yardmaster.calendar.Blackout;
import io.yardmaster.calendar.BusinessCalendar;
import io.yardmaster.calendar.CalendarDraft;
import io.yardmaster.job.Delivery;
import io.yardmaster.job.JobDefinition;
import io.yardmaster.job.JobSignal;
import io.yardmaster.job.LockNeed;
import io.yardmaster.job.Need;
import io.yardmaster.lock.LockDraft;
import io.yardmaster.queue.QueueDraft;
import io.yardmaster.task.NoopTask;
import io.yardmaster.task.ShellTask;
import io.yardmaster.task.Task;
import io.yardmaster.web.definition.Document.CalendarDocument;
import io.yardmaster.web.definition.Document.JobDocument;
import io.yardmaster.web.definition.Document.LockDocument;
import io.yardmaster.web.definition.Document.QueueDocument;
import io.yardmaster.web.definition.Document.ScheduleEntry;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes definitions in the one canonical form: fields in this order, standards left out, switches always said. */
public final class DocumentWriter {
    private DocumentWriter() {}

    /** One YAML text; documents are parted by {@code ---}. */
    public static String yaml(List<? extends Document> documents) {
        return documents.stream().map(document -> YamlText.of(fields(document))).collect(Collectors.joining("---\n"));
    }

    /** The fields of the document in order, for a JSON answer. */
    public static Map<String, Object> fields(Document document) {
        if (document instanceof JobDocument job) {
            return job(job);
        }
        if (document instanceof LockDocument lock) {
            return lock(lock.draft());
        }
        return document instanceof CalendarDocument calendar
                ? calendar(calendar.draft())
                : queue(((QueueDocument) document).draft());
    }

    private static Map<String, Object> job(JobDocument job) {
        Map<String, Object> fields = head("job", job.namespace(), job.name(), job.description());
        JobDefinition definition = job.definition();
        put(fields, "queue", job.queue(), null);
        put(fields, "enabled", job.enabled(), null);
        fields.put("task", task(definition.task()));
        put(fields, "parameters", definition.parameters(), Map.of());
        put(fields, "timeout", definition.timeout(), null);
        put(fields, "delivery", definition.delivery(), Delivery.AT_LEAST_ONCE);
        put(fields, "outputLimit", definition.outputLimit(), JobDefinition.STANDARD_OUTPUT_LIMIT);
        RunRulesWriter.write(definition.rules(), fields);
        put(fields, "slots", definition.need().slots(), 1);
        put(fields, "nodes", nodes(definition.need()), Map.of());
        put(
                fields,
                "locks",
                definition.locks().stream().map(DocumentWriter::lock).toList(),
                List.of());
        put(
                fields,
                "signals",
                definition.signals().stream().map(DocumentWriter::signal).toList(),
                List.of());
        if (job.schedules() != null) {
            fields.put(
                    "schedules",
                    job.schedules().stream().map(DocumentWriter::schedule).toList());
        }
        return fields;
    }

    private static Map<String, Object> task(Task task) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (task instanceof ShellTask shell) {
            fields.put("type", "shell");
            put(fields, "interpreter", shell.interpreter(), "sh");
            fields.put("script", shell.script());
        } else if (task instanceof NoopTask) {
            fields.put("type", "noop");
        } else {
            throw new IllegalStateException("a kind of task without a written form: " + task);
        }
        return fields;
    }

    private static Map<String, Object> nodes(Need need) {
        Map<String, Object> fields = new LinkedHashMap<>();
        put(fields, "must", need.must(), List.of());
        put(fields, "prefer", need.prefer(), List.of());
        put(fields, "avoid", need.avoid(), List.of());
        return fields;
    }

    private static Map<String, Object> lock(LockNeed need) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("lock", need.lock());
        put(fields, "mode", need.mode(), null);
        put(fields, "permits", need.permits(), null);
        put(fields, "when", need.when(), null);
        put(fields, "timeout", need.timeout(), null);
        put(fields, "otherwise", need.otherwise(), null);
        return fields;
    }

    private static Map<String, Object> signal(JobSignal signal) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("condition", signal.condition());
        put(fields, "on", signal.on(), JobSignal.On.SUCCESS);
        put(fields, "act", signal.act(), JobSignal.Act.SET);
        put(fields, "variables", signal.variables(), Map.of());
        return fields;
    }

    private static Map<String, Object> schedule(ScheduleEntry schedule) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", schedule.name());
        fields.putAll(ScheduleWriter.when(schedule.timetable(), schedule.calendar()));
        fields.putAll(ScheduleWriter.terms(schedule.terms()));
        put(fields, "parameters", schedule.parameters(), Map.of());
        put(fields, "enabled", schedule.enabled(), null);
        return fields;
    }

    private static Map<String, Object> queue(QueueDraft queue) {
        Map<String, Object> fields = head("queue", queue.namespace(), queue.name(), queue.description());
        fields.put("policy", queue.order().policy());
        fields.putAll(queue.order().parameters());
        fields.put("balancer", queue.balancer());
        put(fields, "shadow", queue.shadow(), null);
        put(fields, "maxRunning", queue.limits().maxRunning(), null);
        put(fields, "maxWaiting", queue.limits().maxWaiting(), null);
        fields.put("weight", queue.limits().weight());
        return fields;
    }

    private static Map<String, Object> lock(LockDraft lock) {
        Map<String, Object> fields = head("lock", lock.namespace(), lock.name(), lock.description());
        put(fields, "owner", lock.owner(), "");
        fields.put("type", lock.kind());
        put(fields, "permits", lock.permits(), null);
        put(
                fields,
                "variables",
                lock.variables() == null ? null : lock.variables().values(),
                Map.of());
        return fields;
    }

    private static Map<String, Object> calendar(CalendarDraft draft) {
        Map<String, Object> fields = head("calendar", draft.namespace(), draft.name(), draft.description());
        BusinessCalendar content = draft.content();
        put(fields, "shared", draft.shared(), false);
        fields.put("weekdays", content.weekdays().stream().map(DayOfWeek::name).toList());
        fields.put("knownThrough", content.knownThrough().toString());
        put(fields, "holidays", days(content.holidays()), Map.of());
        put(fields, "workdays", days(content.workdays()), Map.of());
        put(
                fields,
                "blackouts",
                content.blackouts().stream().map(Blackout::toString).toList(),
                List.of());
        return fields;
    }

    private static Map<String, String> days(Map<LocalDate, String> days) {
        Map<String, String> fields = new LinkedHashMap<>();
        days.forEach((day, name) -> fields.put(day.toString(), name));
        return fields;
    }

    private static Map<String, Object> head(String kind, String namespace, String name, String description) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("kind", kind);
        fields.put("namespace", namespace);
        fields.put("name", name);
        put(fields, "description", description, "");
        return fields;
    }

    private static void put(Map<String, Object> fields, String name, Object value, Object standard) {
        if (value != null && !value.equals(standard)) {
            fields.put(name, value instanceof Enum<?> constant ? constant.name() : value);
        }
    }
}
