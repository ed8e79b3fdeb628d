package io.yardmaster.worker;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** One file of lines that grows at its end, and knows how many of its lines are still wanted. Not thread-safe. */
final class JournalFile implements Closeable {
    private final Path path;
    private final FileChannel channel;
    private long length;
    private int wanted;
    private boolean dirty;

    private JournalFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static JournalFile create(Path path) throws IOException {
        return new JournalFile(
                path,
                FileChannel.open(
                        path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OwnerOnly.FILE));
    }

    long length() {
        return length;
    }

    /** Appends the whole line or nothing of it. */
    void append(byte[] line) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(line);
        try {
            while (left.hasRemaining()) {
                channel.write(left, length + left.position());
            }
        } catch (IOException full) {
            channel.truncate(length);
            throw full;
        }
        length += line.length;
        wanted++;
        dirty = true;
    }

    /** Returns whether it was the last that was wanted. */
    boolean removeLine() {
        wanted--;
        return wanted == 0;
    }

    void force() throws IOException {
        if (dirty) {
            channel.force(true);
            dirty = false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    void delete() throws IOException {
        close();
        Files.delete(path);
    }
}
