package io.yardmaster.cluster;

import static java.util.stream.Collectors.groupingBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one process of a task wrote of itself each half second, into a file that no other one writes, whatever the product
 * believes of it.
 *
 * @param worker the number of its worker
 * @param began seconds since the machine started, of its first beat; {@link #NEVER} if it wrote none
 * @param last of its last beat
 * @param whole whether it came to its end
 */
record Beats(String job, long run, long epoch, int worker, double began, double last, boolean whole) {
    private static final double NEVER = Double.MAX_VALUE;

    /** The longest pause between two beats of a task that nobody stops, on a busy machine. */
    private static final double PAUSE = 2;

    /** Of every process that began. */
    static List<Beats> all(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(Beats::read).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Seconds since the machine started, which no clock that is set changes. */
    static double now() {
        try {
            return Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ", 2)[0]);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    boolean isRepeatable() {
        return job.startsWith("again-");
    }

    boolean isRunning(double at) {
        return began <= at && (last >= at || (!whole && last >= at - PAUSE));
    }

    /** The run's next attempt that wrote a beat. */
    Optional<Beats> next(List<Beats> all) {
        return all.stream()
                .filter(other -> other.run == run && other.epoch > epoch && other.began < NEVER)
                .min(Comparator.comparingLong(Beats::epoch));
    }

    /** Attempts of a job that began before an earlier one wrote its last. */
    static List<String> overlaps(List<Beats> all) {
        List<String> found = new ArrayList<>();
        all.stream().collect(groupingBy(Beats::job)).values().forEach(attempts -> {
            double last = 0;
            for (Beats attempt : attempts.stream()
                    .sorted(Comparator.comparingDouble(Beats::began))
                    .toList()) {
                if (attempt.began() < last) {
                    found.add(attempt + " began before " + last);
                }
                last = Math.max(last, attempt.last());
            }
        });
        return found;
    }

    private static Beats read(Path file) {
        try {
            String[] name = file.getFileName().toString().split("\\.", -1);
            List<String> lines = Files.readAllLines(file);
            List<Double> beats = lines.stream()
                    .filter(line -> line.matches("\\d+\\.\\d\\d"))
                    .map(Double::valueOf)
                    .toList();
            return new Beats(
                    name[0],
                    Long.parseLong(name[1]),
                    Long.parseLong(name[2]),
                    Integer.parseInt(name[3]),
                    beats.isEmpty() ? NEVER : beats.get(0),
                    beats.isEmpty() ? 0 : beats.get(beats.size() - 1),
                    lines.contains("whole"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
