package io.yardmaster.worker;

import io.yardmaster.protocol.Load;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;

/** Asks the operating system how busy the node is. Not thread-safe: one caller, each heartbeat. */
final class LoadProbe {
    private final Path directory;
    private final CentralProcessor processor;
    private final GlobalMemory memory;
    private long[] ticks;

    /** @param directory whose disk is looked at */
    LoadProbe(Path directory) {
        this.directory = directory;
        var hardware = new SystemInfo().getHardware();
        this.processor = hardware.getProcessor();
        this.memory = hardware.getMemory();
        this.ticks = processor.getSystemCpuLoadTicks();
    }

    Load measure(int busySlots) {
        long[] now = processor.getSystemCpuLoadTicks();
        double cpu = processor.getSystemCpuLoadBetweenTicks(ticks, now);
        ticks = now;
        long total = memory.getTotal();
        long[] disk = disk();
        return new Load(
                Double.isFinite(cpu) ? Math.max(0, Math.min(1, cpu)) : 0,
                total - memory.getAvailable(),
                total,
                disk[0],
                disk[1],
                busySlots);
    }

    private long[] disk() {
        try {
            FileStore store = Files.getFileStore(directory);
            return new long[] {store.getUsableSpace(), store.getTotalSpace()};
        } catch (IOException unknown) {
            return new long[] {0, 0};
        }
    }
}
