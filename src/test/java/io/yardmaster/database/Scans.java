package io.yardmaster.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;

/** What work reads its rows by, as PostgreSQL itself counts it. */
public final class Scans {
    private static final String COUNTED = """
            SELECT pg_stat_get_xact_numscans(indexrelid) AS look_ups, pg_stat_get_xact_numscans(indrelid) AS whole
            FROM pg_index WHERE indexrelid = CAST(:index AS regclass)
            """;

    private Scans() {}

    /** Looks up in {@code index}, and never reads its table from end to end. */
    public static void assertLooksUp(Database database, String index, Consumer<Transaction> work) {
        database.useTransaction(transaction -> {
            // what the connection did just before may still be counted
            Counted before = counted(transaction, index);
            work.accept(transaction);
            Counted after = counted(transaction, index);
            assertThat(after.lookUps()).as("look-ups in " + index).isGreaterThan(before.lookUps());
            assertThat(after.whole()).as("whole scans of its table").isEqualTo(before.whole());
        });
    }

    private static Counted counted(Transaction transaction, String index) {
        return transaction
                .sql()
                .createQuery(COUNTED)
                .bind("index", index)
                .map((row, context) -> new Counted(row.getLong("look_ups"), row.getLong("whole")))
                .one();
    }

    private record Counted(long lookUps, long whole) {}
}
