package io.yardmaster.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class AuditIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    // S16
    @Test
    void entries_of_many_at_once_make_one_chain(Database database) {
        CompletableFuture<?>[] writers = IntStream.range(0, 4)
                .mapToObj(writer -> CompletableFuture.runAsync(() -> write(database, "w" + writer, 25)))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(writers).join();
        assertThat(database.inTransaction(new AuditChain()::firstBroken)).isEmpty();
        List<RecordedEntry> found = database.inTransaction(transaction ->
                AuditReader.find(transaction, new AuditReader.Search("job", "shop", "nightly", null, 0), 200));
        assertThat(found).hasSize(100).isSortedAccordingTo((a, b) -> Long.compare(b.id(), a.id()));
    }

    private static void write(Database database, String actor, int count) {
        for (int i = 0; i < count; i++) {
            Map<String, ?> detail = Map.of("turn", i, "text", "a\u0000b \u2028 \"quoted\"");
            database.useTransaction(transaction -> Audit.record(
                    transaction,
                    new AuditEntry(
                            new Actor(actor, "192.0.2.1"),
                            "job.update",
                            new Subject("job", "shop", "nightly"),
                            detail)));
        }
    }
}
