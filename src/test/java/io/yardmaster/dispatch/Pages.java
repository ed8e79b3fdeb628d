package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many pages a statement reads, in memory or not. */
final class Pages {
    private static final Pattern HITS = Pattern.compile("shared hit=(\\d+)");

    private Pages() {}

    static int read(Database database, String statement) {
        String plan = database.inTransaction(transaction -> String.join(
                "\n",
                transaction
                        .sql()
                        .createQuery("EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) " + statement)
                        .mapTo(String.class)
                        .list()));
        Matcher hits = HITS.matcher(plan);
        assertThat(hits.find()).as(plan).isTrue();
        return Integer.parseInt(hits.group(1));
    }
}
