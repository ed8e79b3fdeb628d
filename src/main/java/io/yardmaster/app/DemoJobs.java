package io.yardmaster.app;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Database;
import io.yardmaster.job.Jobs;
import io.yardmaster.queue.CircularNeeds;
import io.yardmaster.queue.JobSignals;
import io.yardmaster.queue.LockClaims;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.security.Caller;
import io.yardmaster.security.Role;
import io.yardmaster.trigger.Schedules;
import io.yardmaster.web.definition.Applied;
import io.yardmaster.web.definition.Definitions;
import io.yardmaster.web.definition.Document;
import io.yardmaster.web.definition.DocumentReader;
import io.yardmaster.web.definition.Format;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The jobs of the demonstration: what a data centre runs, in small, so that every page has something to show. */
final class DemoJobs {
    private static final List<String> FILES = List.of("queues", "operations", "finance", "shop");
    private static final Caller AUTHOR = new Caller(0, Actor.system("demo"), Map.of(Caller.EVERYWHERE, Role.ADMIN));

    private DemoJobs() {}

    /** Makes them as the documents say; again changes nothing. */
    static List<Applied> apply(Database database) {
        Schedules schedules = new Schedules(new RunQueue());
        Definitions definitions = new Definitions(
                new Jobs(List.of(schedules, new LockClaims(), new JobSignals(), new CircularNeeds())), schedules);
        List<Document> documents = documents();
        return database.inTransaction(transaction -> definitions.applyAll(transaction, documents, AUTHOR));
    }

    private static List<Document> documents() {
        return FILES.stream()
                .flatMap(name -> DocumentReader.readAll(text("/demo/" + name + ".yaml"), Format.YAML).stream())
                .toList();
    }

    private static String text(String resource) {
        try (InputStream content = DemoJobs.class.getResourceAsStream(resource)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(resource, failure);
        }
    }
}
