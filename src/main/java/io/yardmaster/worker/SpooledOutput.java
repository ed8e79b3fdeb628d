package io.yardmaster.worker;

import io.yardmaster.protocol.OutputRequest.Chunk;
import io.yardmaster.protocol.RunRef;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * What one attempt printed, on its way to a server: appended by the pump, taken in chunks by the delivery. Never fails
 * and never blocks on a server: what the limit or the disk does not allow becomes a gap. Memory does not grow with it.
 */
final class SpooledOutput {
    /** Bytes that the disk must have before a gap ends, or a full one would cut every few bytes. */
    private static final long ROOM = 262_144;

    private final RunRef ref;
    private final Path file;
    private final Cuts cuts;
    private final long limit;
    private FileChannel channel;
    /** Bytes in the file. */
    private long kept;
    /** Bytes left out after the last that was kept. */
    private long gap;

    private boolean placed;
    private boolean sealed;
    private boolean unreadable;

    private SpooledOutput(RunRef ref, Path directory, Cuts cuts, long limit) {
        this.ref = ref;
        this.file = directory.resolve("output");
        this.cuts = cuts;
        this.limit = limit;
    }

    /**
     * @param directory made when there is something to keep in it
     * @param limit bytes that are kept at most
     */
    static SpooledOutput create(RunRef ref, Path directory, long limit) {
        return new SpooledOutput(ref, directory, new Cuts(directory.resolve("cuts")), limit);
    }

    /** What an earlier worker left; nothing can be added to it. */
    static SpooledOutput recover(RunRef ref, Path directory) throws IOException {
        Cuts cuts = Cuts.recover(directory.resolve("cuts"));
        SpooledOutput output = new SpooledOutput(ref, directory, cuts, 0);
        output.kept = Files.exists(output.file) ? Files.size(output.file) : 0;
        output.placed = true;
        output.sealed = true;
        return output;
    }

    synchronized void append(byte[] bytes, int length) {
        if (sealed) {
            return;
        }
        int room = (int) Math.max(0, Math.min(length, limit - kept));
        if (room > 0 && isPlaced() && (gap == 0 || gapIsClosed())) {
            room = write(ByteBuffer.wrap(bytes, 0, room));
        } else {
            room = 0;
        }
        gap += length - room;
    }

    /** Nothing more will come. */
    synchronized void seal() {
        sealed = true;
    }

    /** The next chunk to send, the same until it is acknowledged; null if there is none now. */
    synchronized Chunk next() throws IOException {
        Cuts.Cut cut = unreadable ? null : nextCut();
        if (cut == null) {
            return null;
        }
        return new Chunk(ref, cut.start(), cut.gap() > 0 ? new byte[0] : read(cut), cut.gap());
    }

    synchronized void acknowledged() {
        cuts.removeFirst();
    }

    /** Whether there is a chunk that need not wait for more to be printed. */
    synchronized boolean isBehind() {
        return !unreadable && (cuts.isBehind(kept) || (sealed && !isDelivered()));
    }

    /** It cannot be read back from the disk: nothing waits for it any longer. */
    synchronized void giveUp() {
        unreadable = true;
    }

    /** Whether all there is was acknowledged, and nothing more will come. */
    synchronized boolean isDelivered() {
        if (unreadable) {
            return sealed;
        }
        return sealed && cuts.first() == null && gap == 0 && cuts.end() == cuts.end(kept);
    }

    /** Bytes printed so far, gaps included. */
    synchronized long total() {
        return cuts.end(kept) + gap;
    }

    synchronized void close() {
        sealed = true;
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException unimportant) {
            // its content was delivered
        }
    }

    /** Whether its directory was ever made. */
    synchronized boolean hasDirectory() {
        return placed;
    }

    private Cuts.Cut nextCut() {
        Cuts.Cut cut = cuts.first();
        if (cut == null) {
            cut = cuts.cut(kept);
        }
        if (cut == null && sealed && gap > 0) {
            cut = cuts.cutGap(gap);
            gap = 0;
        }
        return cut;
    }

    /** Bytes after a gap need the gap's length on disk first, or a later worker would move them to its place. */
    private boolean gapIsClosed() {
        if (!hasRoom() || !cuts.close(kept, gap)) {
            return false;
        }
        gap = 0;
        return true;
    }

    private boolean isPlaced() {
        try {
            if (!placed) {
                OwnerOnly.directory(file.getParent());
                placed = true;
            }
        } catch (IOException full) {
            // what is printed becomes a gap
        }
        return placed;
    }

    private boolean hasRoom() {
        try {
            return Files.getFileStore(file.getParent()).getUsableSpace() >= ROOM;
        } catch (IOException unknown) {
            return false;
        }
    }

    private int write(ByteBuffer bytes) {
        try {
            if (channel == null) {
                channel = open(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.READ);
            }
            while (bytes.hasRemaining()) {
                kept += channel.write(bytes, kept);
            }
        } catch (IOException full) {
            // what is left becomes a gap
        }
        return bytes.position();
    }

    private byte[] read(Cuts.Cut cut) throws IOException {
        if (channel == null) {
            channel = open(StandardOpenOption.READ);
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) cut.length());
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, cut.position() + bytes.position()) < 0) {
                throw new IOException(file + " is shorter than it was");
            }
        }
        return bytes.array();
    }

    private FileChannel open(StandardOpenOption... options) throws IOException {
        return FileChannel.open(file, Set.of(options), OwnerOnly.FILE);
    }
}
