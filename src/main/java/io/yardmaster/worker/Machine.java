package io.yardmaster.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel says of the machine. */
final class Machine {
    private static final Path UPTIME = Path.of("/proc/uptime");
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private Machine() {}

    /**
     * Milliseconds since the machine started, in steps of 10: the one clock of all leases here. Unlike
     * {@code System.nanoTime} it goes on while the machine sleeps, and guardians read the same one.
     */
    static long uptimeMillis() {
        try {
            String text = Files.readString(UPTIME);
            return Long.parseLong(text.substring(0, text.indexOf(' ')).replace(".", "")) * 10;
        } catch (IOException failure) {
            throw new UncheckedIOException("a worker needs /proc/uptime", failure);
        }
    }

    static String bootId() {
        return BootId.OF_THIS_MACHINE;
    }

    private static String readBootId() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (IOException failure) {
            throw new UncheckedIOException("a worker needs " + BOOT_ID, failure);
        }
    }

    /** Read once: it outlives every process. */
    private static final class BootId {
        private static final String OF_THIS_MACHINE = readBootId();
    }

    static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "unknown";
        }
    }
}
