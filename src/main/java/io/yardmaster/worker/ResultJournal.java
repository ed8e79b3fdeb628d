package io.yardmaster.worker;

import io.yardmaster.protocol.RunRef;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Results that no server has acknowledged yet, a line of JSON each. What is appended outlives the worker at once, for one
 * write; that it outlives the machine too costs a wait for the disk, which is for those whose delivery has failed.
 */
final class ResultJournal implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(ResultJournal.class);

    /** Bytes; one result that stays keeps no more than this. */
    private static final long LARGEST_FILE = 1_048_576;

    private static final String PREFIX = "results-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "\\d{1,18}");

    private final Path directory;
    private final Map<RunRef, JournalFile> places = new HashMap<>();
    private JournalFile last;
    private long number;

    /** One line. */
    private record Entry(RunRef ref, SpooledReport report) {}

    private ResultJournal(Path directory) {
        this.directory = directory;
    }

    /**
     * Goes on from what an earlier worker left in {@code directory}: what can be read of it is added to {@code found} and
     * kept, a file of which something cannot is put aside.
     */
    static ResultJournal open(Path directory, Quarantine quarantine, Map<RunRef, SpooledReport> found)
            throws IOException {
        ResultJournal journal = new ResultJournal(directory);
        List<Path> left = journal.files();
        Map<Path, IOException> damaged = new LinkedHashMap<>();
        for (Path file : left) {
            journal.number = Math.max(journal.number, number(file));
            try {
                read(file, found);
            } catch (IOException unreadable) {
                damaged.put(file, unreadable);
            }
        }
        if (journal.keeps(found)) {
            damaged.forEach(quarantine::take);
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        }
        return journal;
    }

    /** Where there is no room for them their old files stay: a full disk must not keep a worker from telling results. */
    private boolean keeps(Map<RunRef, SpooledReport> found) {
        try {
            for (Map.Entry<RunRef, SpooledReport> one : found.entrySet()) {
                append(one.getKey(), one.getValue());
            }
            force();
            return true;
        } catch (IOException full) {
            LOG.warn("Results that an earlier worker left stay where they are: {}", full.toString());
            return false;
        }
    }

    /** @throws IOException if there is no room; nothing of it is then left */
    void append(RunRef ref, SpooledReport report) throws IOException {
        byte[] line = (Json.MAPPER.writeValueAsString(new Entry(ref, report)) + '\n').getBytes(StandardCharsets.UTF_8);
        synchronized (this) {
            if (last == null || last.length() >= LARGEST_FILE) {
                last = JournalFile.create(directory.resolve(PREFIX + ++number));
            }
            last.append(line);
            places.put(ref, last);
        }
    }

    /** A server has it, or nobody wants it any more. */
    synchronized void remove(RunRef ref) throws IOException {
        JournalFile file = places.remove(ref);
        if (file != null && file.removeLine()) {
            last = file == last ? null : last;
            file.delete();
        }
    }

    /** Returns when all that was appended would outlive the machine. */
    synchronized void force() throws IOException {
        for (JournalFile file : new HashSet<>(places.values())) {
            file.force();
        }
    }

    /** What is left of it stays for the next worker. */
    @Override
    public synchronized void close() throws IOException {
        for (JournalFile file : new HashSet<>(places.values())) {
            file.close();
        }
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(
                directory, path -> NAME.matcher(path.getFileName().toString()).matches())) {
            found.forEach(files::add);
        }
        return files;
    }

    /** A crash can cut a line short anywhere, also within a letter. */
    private static void read(Path file, Map<RunRef, SpooledReport> found) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        IOException damage = null;
        for (String line : text.lines().toList()) {
            try {
                Entry entry = Json.MAPPER.readValue(line, Entry.class);
                found.put(entry.ref(), entry.report());
            } catch (IOException unreadable) {
                damage = unreadable;
            }
        }
        if (damage != null) {
            throw damage;
        }
    }

    private static long number(Path file) {
        return Long.parseLong(file.getFileName().toString().substring(PREFIX.length()));
    }
}
