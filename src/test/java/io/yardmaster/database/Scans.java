package io.yardmaster.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;

/** What work reads its rows by, as PostgreSQL itself counts it. */
public final class Scans {
    private static final String COUNTED = """
            SELECT pg_stat_get_xact_numscans(indexrelid) AS by_index, pg_stat_get_xact_numscans(indrelid) AS from_end_to_end
            FROM pg_index WHERE indexrelid = CAST(:index AS regclass)
            """;

    private Scans() {}

    /** Looks up in {@code index}, and never reads its table from end to end. */
    public static void assertLooksUp(Database database, String index, Consumer<Transaction> work) {
        database.useTransaction(transaction -> {
            work.accept(transaction);
            transaction
                    .sql()
                    .createQuery(COUNTED)
                    .bind("index", index)
                    .map((row, context) -> {
                        assertThat(row.getLong("by_index")).as(index).isPositive();
                        assertThat(row.getLong("from_end_to_end"))
                                .as("whole scans of the table of " + index)
                                .isZero();
                        return true;
                    })
                    .one();
        });
    }
}
