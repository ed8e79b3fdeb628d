package io.yardmaster.app;

import static org.awaitility.Awaitility.await;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Database;
import io.yardmaster.database.DatabaseOpener;
import io.yardmaster.database.DatabaseSettings;
import io.yardmaster.job.Jobs;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.security.Caller;
import io.yardmaster.security.Role;
import io.yardmaster.trigger.Schedules;
import io.yardmaster.web.definition.Definitions;
import io.yardmaster.web.definition.DocumentReader;
import io.yardmaster.web.definition.Format;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.LongPredicate;

/** The embedded database of a program that runs, as the server's role. */
final class EmbeddedYard implements AutoCloseable {
    static final String EVERY_SECOND = """
            kind: job
            namespace: test
            name: greet
            task:
              type: shell
              script: echo hello
            schedules:
            - name: every-second
              cron: "* * * * * ?"
            """;

    /** How often that job has succeeded. */
    static final String SUCCEEDED = """
            SELECT count(*) FROM run_history r JOIN job j ON j.id = r.job_id JOIN node n ON n.id = r.node_id
            WHERE j.name = 'greet' AND n.name = 'local' AND r.state = 'SUCCEEDED'
            """;

    private final Database database;

    private EmbeddedYard(Database database) {
        this.database = database;
    }

    static EmbeddedYard in(Path dataDirectory, int port) throws IOException {
        Properties roles = new Properties();
        try (Reader file = Files.newBufferedReader(dataDirectory.resolve("postgres/roles.properties"))) {
            roles.load(file);
        }
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/yardmaster";
        String role = "yardmaster_server";
        return new EmbeddedYard(
                DatabaseOpener.open(new DatabaseSettings(url, role, roles.getProperty(role), 5), Composition.ENTITIES));
    }

    void apply(String job) {
        Schedules schedules = new Schedules(new RunQueue());
        Definitions definitions = new Definitions(new Jobs(List.of(schedules)), schedules);
        Caller caller = new Caller(0, Actor.system("test"), Map.of(Caller.EVERYWHERE, Role.ADMIN));
        database.useTransaction(
                transaction -> definitions.applyAll(transaction, DocumentReader.readAll(job, Format.YAML), caller));
    }

    void awaitFigure(String query, LongPredicate wanted) {
        await().atMost(Duration.ofSeconds(60)).until(() -> wanted.test(figure(query)));
    }

    long figure(String query) {
        return database.inTransaction(transaction ->
                transaction.sql().createQuery(query).mapTo(Long.class).one());
    }

    @Override
    public void close() {
        database.close();
    }
}
