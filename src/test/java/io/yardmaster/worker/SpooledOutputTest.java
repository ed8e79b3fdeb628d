package io.yardmaster.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.protocol.OutputRequest.Chunk;
import io.yardmaster.protocol.RunRef;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** R17: every byte once and in order, or a gap that says how many. */
final class SpooledOutputTest {
    private static final RunRef REF = new RunRef("1", 1);

    @TempDir
    Path directory;

    @Test
    void a_chunk_stays_the_same_until_it_is_acknowledged() throws Exception {
        SpooledOutput output = SpooledOutput.create(REF, directory, 1_000);
        append(output, "first");
        assertThat(text(output.next())).isEqualTo("first");
        append(output, "second");
        assertThat(text(output.next())).isEqualTo("first");
        output.acknowledged();
        assertThat(text(output.next())).isEqualTo("second");
    }

    @Test
    void the_next_worker_cuts_what_was_sent_at_the_same_places() throws Exception {
        SpooledOutput output = SpooledOutput.create(REF, directory, 1_000);
        append(output, "first");
        output.next();
        append(output, "second");

        SpooledOutput recovered = SpooledOutput.recover(REF, directory);
        assertThat(text(recovered.next())).isEqualTo("first");
        recovered.acknowledged();
        assertThat(text(recovered.next())).isEqualTo("second");
        recovered.acknowledged();
        assertThat(recovered.next()).isNull();
        assertThat(recovered.isDelivered()).isTrue();
    }

    @Test
    void what_is_beyond_the_limit_is_one_gap_at_the_end() throws Exception {
        SpooledOutput output = SpooledOutput.create(REF, directory, 3);
        append(output, "abcdef");
        append(output, "ghi");
        assertThat(text(output.next())).isEqualTo("abc");
        output.acknowledged();
        assertThat(output.next()).isNull();
        output.seal();
        Chunk gap = output.next();
        assertThat(gap.start()).isEqualTo(3);
        assertThat(gap.gap()).isEqualTo(6);
        assertThat(output.isDelivered()).isFalse();
        output.acknowledged();
        assertThat(output.isDelivered()).isTrue();
        assertThat(output.total()).isEqualTo(9);
    }

    @Test
    void a_flood_is_cut_into_chunks_of_at_most_256_KiB() throws Exception {
        SpooledOutput output = SpooledOutput.create(REF, directory, 10_000_000);
        byte[] flood = new byte[1_000_001];
        new java.util.Random(5).nextBytes(flood);
        output.append(flood, flood.length);
        output.seal();
        ByteArrayOutputStream arrived = new ByteArrayOutputStream();
        for (Chunk chunk = output.next(); chunk != null; chunk = output.next()) {
            assertThat(chunk.start()).isEqualTo(arrived.size());
            assertThat(chunk.bytes().length).isLessThanOrEqualTo(262_144);
            arrived.writeBytes(chunk.bytes());
            output.acknowledged();
        }
        assertThat(arrived.toByteArray()).isEqualTo(flood);
    }

    @Test
    void half_a_cut_that_the_disk_had_no_room_for_is_no_cut() throws Exception {
        SpooledOutput output = SpooledOutput.create(REF, directory, 1_000);
        append(output, "first");
        output.next();
        output.acknowledged();
        Files.writeString(directory.resolve("cuts"), "\n5 6", StandardOpenOption.APPEND);
        append(output, "second");
        output.next();
        output.acknowledged();
        append(output, "third");
        output.next();

        SpooledOutput recovered = SpooledOutput.recover(REF, directory);
        for (String expected : List.of("first", "second", "third")) {
            assertThat(text(recovered.next())).isEqualTo(expected);
            recovered.acknowledged();
        }
    }

    private static void append(SpooledOutput output, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        output.append(bytes, bytes.length);
    }

    private static String text(Chunk chunk) {
        return new String(chunk.bytes(), StandardCharsets.UTF_8);
    }
}
