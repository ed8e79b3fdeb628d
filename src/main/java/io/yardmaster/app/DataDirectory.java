package io.yardmaster.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The directory in which this machine's part is kept, held by one process at a time. */
final class DataDirectory implements AutoCloseable {
    private final Path path;
    private final FileChannel lock;

    private DataDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** @throws Refused if another process has it, or it cannot be written */
    static DataDirectory hold(Path path) {
        try {
            make(path);
            FileChannel file = FileChannel.open(
                    path.resolve("in-use"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            if (!tryLock(file)) {
                file.close();
                throw new Refused("another Yardmaster uses " + path + ", process "
                        + Files.readString(path.resolve("in-use")).strip()
                        + ": stop it or choose another with --data.directory");
            }
            file.truncate(0);
            file.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)));
            return new DataDirectory(path, file);
        } catch (IOException failure) {
            throw new Refused("data.directory is " + path + ", which cannot be written: " + failure, failure);
        }
    }

    Path path() {
        return path;
    }

    /** A directory below, made if absent. */
    Path directory(String name) {
        try {
            return make(path.resolve(name));
        } catch (IOException failure) {
            throw new Refused(path.resolve(name) + " cannot be made: " + failure, failure);
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static boolean tryLock(FileChannel file) throws IOException {
        try {
            FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException ourOwn) {
            return false;
        }
    }

    private static Path make(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return directory;
        }
        return Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
}
