package io.yardmaster.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.output.OutputPiece.Gap;
import io.yardmaster.output.OutputPiece.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class OutputIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private final OutputStore store = new OutputStore();
    private final OutputReader reader = new OutputReader();
    private Database database;
    private long run;

    @BeforeEach
    void newRun(Database given) {
        database = given;
        run = database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT next_id()")
                .mapTo(Long.class)
                .one());
    }

    // R17: repeated, reordered, split over transactions
    @Test
    void output_is_complete_and_in_order_however_its_chunks_arrive() {
        List<OutputChunk> chunks = new ArrayList<>();
        StringBuilder all = new StringBuilder();
        for (int line = 0; line < 300; line++) {
            String text = "line " + line + "\n";
            chunks.add(chunk(1, all.length(), text));
            all.append(text);
        }
        List<OutputChunk> sent = new ArrayList<>(chunks);
        sent.addAll(chunks.subList(50, 200));
        Collections.shuffle(sent, new Random(7));
        for (int from = 0; from < sent.size(); from += 40) {
            append(sent.subList(from, Math.min(sent.size(), from + 40)));
        }
        assertThat(text(page(1, 0, 1 << 20))).isEqualTo(all.toString());
        assertThat(text(page(1, 1000, 100))).isEqualTo(all.substring(1000, 1100));
        assertThat(text(database.inTransaction(transaction -> reader.tail(transaction, run, 1, 64))))
                .isEqualTo(all.substring(all.length() - 64));
        assertThat(total(1)).isEqualTo(all.length());
    }

    @Test
    void a_chunk_that_was_cut_anew_replaces_its_shorter_self_only() {
        append(List.of(chunk(1, 0, "abc")));
        append(List.of(chunk(1, 0, "abcdef")));
        append(List.of(chunk(1, 0, "ab")));
        assertThat(text(page(1, 0, 100))).isEqualTo("abcdef");
    }

    @Test
    void attempts_have_outputs_of_their_own() {
        append(List.of(chunk(1, 0, "first"), chunk(2, 0, "second")));
        assertThat(text(page(1, 0, 100))).isEqualTo("first");
        assertThat(text(page(2, 0, 100))).isEqualTo("second");
        assertThat(page(3, 0, 100).isLast()).isTrue();
    }

    @Test
    void following_goes_on_where_the_last_page_ended() {
        append(List.of(chunk(1, 0, "abc")));
        OutputPage first = page(1, 0, 100);
        assertThat(page(1, first.next(), 100).pieces()).isEmpty();
        append(List.of(chunk(1, 3, "def")));
        assertThat(text(page(1, first.next(), 100))).isEqualTo("def");
    }

    @Test
    void a_page_that_begins_inside_a_long_gap_says_so() {
        append(List.of(
                chunk(1, 0, "abc"), new OutputChunk(run, 1, 3, new byte[0], 5_000_000), chunk(1, 5_000_003, "end")));
        OutputPage page = page(1, 4_000_000, 100);
        assertThat(page.pieces().get(0)).isEqualTo(new Gap(4_000_000, 1_000_003, Reason.LEFT_OUT));
        assertThat(text(page)).isEqualTo("end");
        List<Gap> gaps = database.inTransaction(transaction -> reader.gaps(transaction, run, 1));
        assertThat(gaps).containsExactly(new Gap(3, 5_000_000, Reason.LEFT_OUT));
    }

    private void append(List<OutputChunk> chunks) {
        database.useTransaction(transaction -> store.append(transaction, chunks));
    }

    private OutputPage page(long epoch, long from, int limit) {
        return database.inTransaction(transaction -> reader.page(transaction, run, epoch, from, limit));
    }

    private long total(long epoch) {
        return database.inTransaction(transaction -> reader.total(transaction, run, epoch));
    }

    private static String text(OutputPage page) {
        return new String(page.bytes(), StandardCharsets.UTF_8);
    }

    private OutputChunk chunk(long epoch, long start, String text) {
        return new OutputChunk(run, epoch, start, text.getBytes(StandardCharsets.UTF_8), 0);
    }
}
