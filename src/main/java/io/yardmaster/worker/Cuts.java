package io.yardmaster.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an output was cut into chunks. The server tells a repeated chunk by its start, so a chunk must have the same
 * bounds whenever it is sent again, also by the next worker: each cut is written to disk before it is sent.
 */
final class Cuts {
    private static final int CHUNK = 262_144;
    private static final Pattern LINE = Pattern.compile("^(\\d{1,18}) (\\d{1,18}) (\\d{1,18})\\.", Pattern.MULTILINE);

    /**
     * @param start offset in the output
     * @param length of the bytes; 0 for a gap
     * @param gap bytes left out; 0 for none
     * @param position of the bytes in the file
     */
    record Cut(long start, long length, long gap, long position) {}

    private final Path file;
    private final Deque<Cut> waiting = new ArrayDeque<>();
    /** Offset of the first byte that is not cut yet, in the output. */
    private long end;
    /** The same in the file. */
    private long position;

    Cuts(Path file) {
        this.file = file;
    }

    /** All cuts that were made, since it is not known which were acknowledged. */
    static Cuts recover(Path file) throws IOException {
        Cuts cuts = new Cuts(file);
        if (Files.exists(file)) {
            Matcher lines = LINE.matcher(Files.readString(file, StandardCharsets.US_ASCII));
            while (lines.find()) {
                cuts.restore(number(lines, 1), number(lines, 2), number(lines, 3));
            }
        }
        return cuts;
    }

    /** The oldest cut that is not acknowledged; null for none. */
    Cut first() {
        return waiting.peek();
    }

    void removeFirst() {
        waiting.remove();
    }

    long end() {
        return end;
    }

    /** Offset of the end of the output, if its file has {@code kept} bytes. */
    long end(long kept) {
        return end + kept - position;
    }

    /** Whether chunks wait, or a file of {@code kept} bytes has enough for a whole one. */
    boolean isBehind(long kept) {
        return !waiting.isEmpty() || kept - position >= CHUNK;
    }

    /** Cuts the next bytes of a file of {@code kept} bytes; null if all is cut. */
    Cut cut(long kept) {
        if (position == kept) {
            return null;
        }
        Cut cut = new Cut(end, Math.min(CHUNK, kept - position), 0, position);
        add(cut);
        persist(cut);
        return cut;
    }

    /** Puts a gap after all that is cut. */
    Cut cutGap(long length) {
        Cut cut = new Cut(end, 0, length, position);
        add(cut);
        persist(cut);
        return cut;
    }

    /**
     * Cuts all there is and a gap, so that bytes can follow it.
     *
     * @return false, and nothing more than bytes is cut, if the gap cannot be written to disk
     */
    boolean close(long kept, long gap) {
        while (position < kept) {
            cut(kept);
        }
        Cut cut = new Cut(end, 0, gap, position);
        if (!persist(cut)) {
            return false;
        }
        add(cut);
        return true;
    }

    /** A line that the disk had no room for is made good as one cut, with the bounds that can be known. */
    private void restore(long start, long length, long gap) {
        if (start < end) {
            return;
        }
        if (start > end) {
            add(new Cut(end, start - end, 0, position));
        }
        add(new Cut(start, length, gap, position));
    }

    private void add(Cut cut) {
        waiting.add(cut);
        end += cut.length() + cut.gap();
        position += cut.length();
    }

    private boolean persist(Cut cut) {
        // each begins a line of its own: the disk may have had room for half of the last one
        String line = "\n" + cut.start() + " " + cut.length() + " " + cut.gap() + ".";
        try {
            if (!Files.exists(file)) {
                Files.createFile(file, OwnerOnly.FILE);
            }
            Files.writeString(file, line, StandardCharsets.US_ASCII, StandardOpenOption.APPEND);
            return true;
        } catch (IOException full) {
            return false;
        }
    }

    private static long number(Matcher lines, int group) {
        return Long.parseLong(lines.group(group));
    }
}
