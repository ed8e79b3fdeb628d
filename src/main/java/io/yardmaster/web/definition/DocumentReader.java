package io.yardmaster.web.definition;

import io.yardmaster.database.Invalid;
import io.yardmaster.job.Delivery;
import io.yardmaster.job.JobDefinition;
import io.yardmaster.job.Need;
import io.yardmaster.lock.LockDraft;
import io.yardmaster.lock.Variables;
import io.yardmaster.queue.QueueDraft;
import io.yardmaster.queue.QueueLimits;
import io.yardmaster.queue.QueueOrder;
import io.yardmaster.task.NoopTask;
import io.yardmaster.task.ShellTask;
import io.yardmaster.task.Task;
import io.yardmaster.web.definition.Document.JobDocument;
import io.yardmaster.web.definition.Document.LockDocument;
import io.yardmaster.web.definition.Document.QueueDocument;
import io.yardmaster.web.definition.Document.ScheduleEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads definitions from text. Whether they can be applied is for {@link Definitions} to say. */
public final class DocumentReader {
    /** Bound of one import, so that it stays within one short transaction. */
    private static final int DOCUMENT_LIMIT = 1000;

    private static final List<String> KINDS = List.of("job", "queue", "calendar", "lock");

    private DocumentReader() {}

    /**
     * Every document of {@code text}, in order.
     *
     * @throws Invalid naming every fault of every document; with several documents, each field by its document's number
     */
    public static List<Document> readAll(String text, Format format) {
        List<Tree> trees = TreeReader.read(text, format);
        if (trees.size() == 1 && trees.get(0) instanceof Tree.Items list) {
            trees = list.items();
        }
        if (trees.isEmpty() || trees.size() > DOCUMENT_LIMIT) {
            throw new Invalid("document", null, "invalid.documents", trees.size(), DOCUMENT_LIMIT);
        }
        Invalid.Problems problems = new Invalid.Problems();
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < trees.size(); i++) {
            documents.add(document(trees.get(i), trees.size() == 1 ? "" : "documents[" + i + "].", problems));
        }
        problems.throwIfAny();
        return documents;
    }

    /** The only document of {@code text}. */
    public static Document read(String text, Format format) {
        List<Document> documents = readAll(text, format);
        if (documents.size() != 1) {
            throw new Invalid("document", null, "invalid.documents", documents.size(), 1);
        }
        return documents.get(0);
    }

    private static Document document(Tree tree, String prefix, Invalid.Problems problems) {
        if (!(tree instanceof Tree.Branch branch)) {
            problems.add(
                    prefix + "document",
                    null,
                    "invalid.definition",
                    tree.place().said());
            return null;
        }
        Fields fields = new Fields(branch, prefix, problems);
        String kind = fields.text("kind");
        if ("job".equals(kind)) {
            return job(fields, prefix, problems);
        }
        if ("queue".equals(kind)) {
            return queue(fields);
        }
        if ("lock".equals(kind)) {
            return lock(fields);
        }
        if ("calendar".equals(kind)) {
            return CalendarReader.read(fields, prefix, problems);
        }
        problems.add(prefix + "kind", kind, "invalid.choice", KINDS);
        return null;
    }

    private static JobDocument job(Fields fields, String prefix, Invalid.Problems problems) {
        JobDefinition definition = new JobDefinition(
                task(fields.branch("task"), prefix + "task.", problems),
                fields.texts("parameters"),
                fields.number("timeout"),
                fields.choice("delivery", Delivery.class),
                fields.number("outputLimit"),
                RunRulesReader.read(fields, prefix, problems),
                need(fields, prefix, problems),
                LockNeedReader.needs(fields.branches("locks"), prefix, problems),
                LockNeedReader.signals(fields.branches("signals"), prefix, problems));
        JobDocument job = new JobDocument(
                fields.text("namespace"),
                fields.text("name"),
                Objects.requireNonNullElse(fields.text("description"), ""),
                fields.text("queue"),
                fields.flag("enabled"),
                definition,
                schedules(fields.branches("schedules"), prefix, problems));
        // what the server says about a job it shows; ignored, so that what was read can be sent back
        fields.ignore("status");
        fields.end();
        return job;
    }

    private static Task task(Tree.Branch branch, String prefix, Invalid.Problems problems) {
        if (branch == null) {
            return null;
        }
        Fields fields = new Fields(branch, prefix, problems);
        String type = fields.text("type");
        if ("shell".equals(type)) {
            ShellTask task = new ShellTask(fields.text("script"), fields.text("interpreter"));
            fields.end();
            return task;
        }
        if ("noop".equals(type)) {
            fields.end();
            return new NoopTask();
        }
        problems.add(prefix + "type", type, "invalid.choice", "[shell, noop]");
        return new NoopTask();
    }

    private static Need need(Fields fields, String prefix, Invalid.Problems problems) {
        int slots = Objects.requireNonNullElse(fields.smallNumber("slots"), 1);
        Tree.Branch branch = fields.branch("nodes");
        if (branch == null) {
            return new Need(slots, null, null, null);
        }
        Fields nodes = new Fields(branch, prefix + "nodes.", problems);
        Need need = new Need(slots, nodes.list("must"), nodes.list("prefer"), nodes.list("avoid"));
        nodes.end();
        return need;
    }

    private static List<ScheduleEntry> schedules(List<Tree.Branch> branches, String prefix, Invalid.Problems problems) {
        if (branches == null) {
            return null;
        }
        List<ScheduleEntry> entries = new ArrayList<>();
        for (int i = 0; i < branches.size(); i++) {
            entries.add(ScheduleReader.read(branches.get(i), prefix + "schedules[" + i + "].", problems));
        }
        return entries;
    }

    private static LockDocument lock(Fields fields) {
        Map<String, String> variables = fields.texts("variables");
        LockDraft draft = new LockDraft(
                fields.text("namespace"),
                fields.text("name"),
                fields.text("description"),
                fields.text("owner"),
                fields.text("type"),
                fields.smallNumber("permits"),
                variables.isEmpty() ? null : Variables.of(variables));
        fields.ignore("status");
        fields.end();
        return new LockDocument(draft);
    }

    private static QueueDocument queue(Fields fields) {
        QueueDraft draft = new QueueDraft(
                fields.text("namespace"),
                fields.text("name"),
                fields.text("description"),
                order(fields),
                fields.text("balancer"),
                fields.text("shadow"),
                new QueueLimits(
                        fields.smallNumber("maxRunning"),
                        fields.smallNumber("maxWaiting"),
                        fields.smallNumber("weight")));
        fields.ignore("status");
        fields.end();
        return new QueueDocument(draft);
    }

    private static QueueOrder order(Fields fields) {
        return new QueueOrder(
                fields.text("policy"),
                fields.smallNumber("slowdown"),
                fields.number("ageing"),
                fields.flag("strict"),
                fields.number("standardDeadline"),
                fields.text("fairBy"),
                fields.smallNumber("quantum"));
    }
}
