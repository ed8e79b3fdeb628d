package io.yardmaster.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;

/** What work reads its rows by, as PostgreSQL itself counts it. */
public final class Scans {
    private static final String COUNTED = """
            SELECT pg_stat_get_xact_numscans(indexrelid) AS look_ups, pg_stat_get_xact_numscans(indrelid) AS whole
            FROM pg_index WHERE indexrelid = CAST(:index AS regclass)
            """;

    /** Partitions of a table, and their indexes. */
    private static final String PARTITIONS = """
            SELECT sum(pg_stat_get_xact_numscans(i.inhrelid) + (
                SELECT coalesce(sum(pg_stat_get_xact_numscans(x.indexrelid)), 0) FROM pg_index x WHERE x.indrelid = i.inhrelid))
            FROM pg_inherits i WHERE i.inhparent = CAST(:table AS regclass)
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

    /** Looks at no partition of {@code table}. */
    public static void assertLeavesAlone(Database database, String table, Consumer<Transaction> work) {
        database.useTransaction(transaction -> {
            long before = partitions(transaction, table);
            work.accept(transaction);
            assertThat(partitions(transaction, table))
                    .as("scans of partitions of " + table)
                    .isEqualTo(before);
        });
    }

    private static long partitions(Transaction transaction, String table) {
        return transaction
                .sql()
                .createQuery(PARTITIONS)
                .bind("table", table)
                .mapTo(Long.class)
                .one();
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
