package io.yardmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.dispatch.Yard;
import io.yardmaster.output.OutputChunk;
import io.yardmaster.output.OutputPage;
import io.yardmaster.output.OutputReader;
import io.yardmaster.output.OutputStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

// R19, S4: a worker that keeps to no limit fills no database
final class OutputLimitsIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private static final int LIMIT = 1024;
    private static final int KEPT = LIMIT + (256 << 10);

    private Database database;
    private Yard yard;
    private long run;

    @BeforeEach
    void run(Database given) {
        database = given;
        yard = new Yard(database);
        yard.clear();
        run = yard.runs(yard.job("{\"task\": {\"type\": \"noop\"}, \"outputLimit\": " + LIMIT + "}"), null, 1)
                .get(0);
    }

    @Test
    void what_is_beyond_the_limit_is_a_gap() {
        int chunk = 200_000;
        for (int repeat = 0; repeat < 2; repeat++) {
            for (int number = 0; number < 5; number++) {
                append(List.of(bytes((long) number * chunk, chunk)));
            }
        }
        assertThat(stored()).isEqualTo(KEPT);
        OutputPage page =
                database.inTransaction(transaction -> new OutputReader().page(transaction, run, 1, 0, 4 << 20));
        assertThat(page.bytes()).hasSize(KEPT);
        assertThat(page.total()).isEqualTo(5L * chunk);
    }

    @Test
    void overlapping_chunks_are_stored_once_in_whatever_order_they_come() {
        List<OutputChunk> chunks = new ArrayList<>();
        for (int start = 0; start < KEPT; start += 5_000) {
            chunks.add(bytes(start, 100_000));
            chunks.add(new OutputChunk(run, 1, start + 1L, new byte[0], 7));
        }
        Collections.shuffle(chunks, new Random(3));
        chunks.forEach(chunk -> append(List.of(chunk)));
        assertThat(stored()).isLessThanOrEqualTo(KEPT);
    }

    @Test
    void without_a_limit_of_its_own_a_job_has_the_standard_one() {
        run = yard.runs(yard.noop(), null, 1).get(0);
        append(List.of(bytes(1 << 20, 10), bytes(11 << 20, 10)));
        assertThat(stored()).isEqualTo(10);
    }

    private void append(List<OutputChunk> chunks) {
        database.useTransaction(transaction -> new OutputStore()
                .append(transaction, OutputLimits.of(transaction, chunks).cut(chunks)));
    }

    private OutputChunk bytes(long start, int length) {
        return new OutputChunk(run, 1, start, new byte[length], 0);
    }

    private long stored() {
        return yard.count("SELECT sum(length(bytes)) FROM output_chunk");
    }
}
