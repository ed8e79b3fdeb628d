package io.yardmaster.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import io.yardmaster.output.OutputPiece.Gap;
import io.yardmaster.output.OutputPiece.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StitchingTest {
    private static final byte[] PRINTED =
            "abcdefghijklmnopqrstuvwxyz".getBytes(java.nio.charset.StandardCharsets.UTF_8);

    // R17: whatever way a restarted worker cut them, the bytes come once and in order
    @Test
    void overlapping_chunks_give_every_byte_once() {
        qt().forAll(
                        lists().of(integers().between(0, 25)).ofSizeBetween(0, 12),
                        integers().between(1, 9))
                .checkAssert((starts, length) -> {
                    List<OutputChunk> chunks = new ArrayList<>();
                    for (int at = 0; at < PRINTED.length; at += 5) {
                        chunks.add(chunk(at, Math.min(PRINTED.length, at + 5)));
                    }
                    starts.forEach(start -> chunks.add(chunk(start, Math.min(PRINTED.length, start + length))));
                    assertThat(page(chunks, 0, 1000).bytes()).isEqualTo(PRINTED);
                });
    }

    @Test
    void pages_put_together_are_the_whole() {
        List<OutputChunk> chunks = List.of(chunk(0, 7), chunk(7, 8), chunk(8, 26));
        for (int limit = 1; limit <= PRINTED.length; limit++) {
            StringBuilder all = new StringBuilder();
            long at = 0;
            while (at < PRINTED.length) {
                OutputPage page = page(chunks, at, limit);
                all.append(new String(page.bytes(), java.nio.charset.StandardCharsets.UTF_8));
                at = page.next();
            }
            assertThat(all).hasToString(new String(PRINTED, java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    @Test
    void what_was_left_out_and_what_never_came_are_told_apart() {
        OutputChunk leftOut = new OutputChunk(1, 1, 4, new byte[0], 3);
        OutputPage page = page(List.of(chunk(0, 4), leftOut, chunk(9, 12)), 0, 100);
        assertThat(page.pieces())
                .filteredOn(Gap.class::isInstance)
                .containsExactly(new Gap(4, 3, Reason.LEFT_OUT), new Gap(7, 2, Reason.MISSING));
        assertThat(page.next()).isEqualTo(12);
    }

    private static OutputPage page(List<OutputChunk> chunks, long from, int limit) {
        Stitching stitching = new Stitching(from, limit);
        List<OutputChunk> inReach = chunks.stream()
                .filter(chunk -> chunk.start() + chunk.bytes().length + chunk.gap() > from)
                .sorted(Comparator.comparingLong(OutputChunk::start))
                .toList();
        boolean room = true;
        for (int next = 0; room && next < inReach.size(); next++) {
            room = stitching.add(inReach.get(next));
        }
        return new OutputPage(from, stitching.pieces(), stitching.next(), PRINTED.length);
    }

    private static OutputChunk chunk(int start, int end) {
        return new OutputChunk(1, 1, start, Arrays.copyOfRange(PRINTED, start, end), 0);
    }
}
