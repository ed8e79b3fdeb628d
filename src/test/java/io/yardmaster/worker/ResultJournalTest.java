package io.yardmaster.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.protocol.RunRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

// R13: a result is kept until a server has it
final class ResultJournalTest {
    /** Of Linux, in bytes. */
    private static final int LONGEST_PATH = 4095;

    @TempDir
    Path directory;

    private final Map<RunRef, SpooledReport> found = new HashMap<>();
    private ResultJournal journal;

    @BeforeEach
    void open() throws IOException {
        found.clear();
        journal = ResultJournal.open(directory, new Quarantine(directory, InstantSource.system()), found);
    }

    @Test
    void what_was_appended_and_not_removed_is_found_by_the_next_worker_and_the_one_after() throws IOException {
        journal.append(ref(1), report("first"));
        journal.append(ref(2), report("second"));
        journal.append(ref(3), report("third"));
        journal.remove(ref(2));
        open();
        // a line is dropped with its file: what was acknowledged may be told once more, never the other way round
        assertThat(found).containsEntry(ref(1), report("first")).containsEntry(ref(3), report("third"));
        open();
        assertThat(found).containsEntry(ref(1), report("first")).containsEntry(ref(3), report("third"));
        assertThat(files()).hasSize(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files().get(0))))
                .isEqualTo("rw-------");
    }

    @Test
    void nothing_is_left_on_disk_once_all_are_removed() throws IOException {
        for (int run = 0; run < 100; run++) {
            journal.append(ref(run), report("done"));
        }
        for (int run = 0; run < 100; run++) {
            journal.remove(ref(run));
        }
        assertThat(directory).isEmptyDirectory();
        journal.append(ref(7), report("again"));
        open();
        assertThat(found).containsExactly(Map.entry(ref(7), report("again")));
    }

    @Test
    void one_that_stays_does_not_keep_the_others_on_disk() throws IOException {
        journal.append(ref(0), report("stays"));
        String message = "x".repeat(900);
        for (int run = 1; run < 5_000; run++) {
            journal.append(ref(run), report(message));
            journal.remove(ref(run));
        }
        long kept = 0;
        for (Path file : files()) {
            kept += Files.size(file);
        }
        assertThat(kept).isLessThan(2_200_000);
        open();
        assertThat(found).containsKey(ref(0));
    }

    @Test
    void half_a_line_is_put_aside_and_takes_no_other_with_it() throws IOException {
        journal.append(ref(1), report("whole"));
        Files.writeString(files().get(0), "{\"ref\":{\"run\":\"2\"", StandardOpenOption.APPEND);
        open();
        assertThat(found).containsExactly(Map.entry(ref(1), report("whole")));
        assertThat(directory.resolve("damaged-results-1")).exists();
        open();
        assertThat(found).containsExactly(Map.entry(ref(1), report("whole")));
    }

    @Test
    void a_line_cut_within_a_letter_takes_no_other_with_it() throws IOException {
        journal.append(ref(1), report("whole"));
        Files.write(files().get(0), new byte[] {'{', '"', (byte) 0xc3}, StandardOpenOption.APPEND);
        open();
        assertThat(found).containsExactly(Map.entry(ref(1), report("whole")));
    }

    @Test
    void what_people_put_beside_it_is_left_alone() throws IOException {
        journal.append(ref(1), report("whole"));
        Path copy = Files.copy(files().get(0), directory.resolve("results-1.old"));
        open();
        assertThat(found).containsOnlyKeys(ref(1));
        assertThat(copy).exists();
    }

    // no name longer than this fits in: as on a disk that has room for nothing more
    @Test
    void without_room_for_a_new_file_what_was_left_is_found_all_the_same_and_stays() throws IOException {
        directory = ofLength(directory, LONGEST_PATH - "/results-9".length());
        open();
        journal.append(ref(1), report("first"));
        Files.move(files().get(0), directory.resolve("results-9"));
        open();
        assertThat(found).containsOnlyKeys(ref(1));
        journal.remove(ref(1));
        open();
        assertThat(found).as("told once more rather than never").containsOnlyKeys(ref(1));
    }

    private static Path ofLength(Path root, int length) throws IOException {
        StringBuilder path = new StringBuilder(root.toString());
        while (path.length() < length) {
            int left = length - path.length() - 1;
            path.append('/').append("d".repeat(Math.min(left, left == 201 ? 100 : 200)));
        }
        return Files.createDirectories(Path.of(path.toString()));
    }

    private List<Path> files() throws IOException {
        try (var found = Files.list(directory)) {
            return found.filter(path -> path.getFileName().toString().startsWith("results-"))
                    .toList();
        }
    }

    private static RunRef ref(int run) {
        return new RunRef(Integer.toString(run), 2);
    }

    private static SpooledReport report(String message) {
        return SpooledReport.of(Result.failed(message), 3, 4, null);
    }
}
