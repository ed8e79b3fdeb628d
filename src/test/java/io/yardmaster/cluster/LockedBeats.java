package io.yardmaster.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one process of a task wrote of itself five times a second, with the tokens that it was given.
 *
 * @param began seconds since the machine started, of its first beat
 * @param last of its last beat
 * @param tokens by lock
 */
record LockedBeats(String job, double began, double last, Map<String, Long> tokens) {
    /** To be formatted with the directory of the beats. One run in ten lasts as long as a lease. */
    static final String SCRIPT = """
            beats=$(mktemp -p %s --suffix=.${YARDMASTER_JOB#*/}.$YARDMASTER_RUN_ID.$YARDMASTER_EPOCH)
            env | sed -n 's/^YARDMASTER_LOCK_\\(.*\\)_TOKEN=/\\1 /p' >>"$beats"
            beats_to_write=8
            case $YARDMASTER_RUN_ID in *3) beats_to_write=90 ;; esac
            n=0
            while [ $n -lt $beats_to_write ]; do
              read -r up idle </proc/uptime
              echo "$up" >>"$beats"
              sleep 0.2
              n=$((n + 1))
            done
            """;

    /** Of every process that began. */
    static List<LockedBeats> all(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(LockedBeats::read)
                    .filter(beats -> beats.last() > 0)
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static LockedBeats read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            List<Double> beats = lines.stream()
                    .filter(line -> line.matches("\\d+\\.\\d\\d"))
                    .map(Double::valueOf)
                    .toList();
            Map<String, Long> tokens = lines.stream()
                    .filter(line -> line.matches("[A-Z0-9_]+ \\d+"))
                    .map(line -> line.split(" ", 2))
                    .collect(Collectors.toMap(parts -> parts[0], parts -> Long.valueOf(parts[1])));
            String job = file.getFileName().toString().split("\\.", 4)[2];
            return beats.isEmpty()
                    ? new LockedBeats(job, 0, 0, tokens)
                    : new LockedBeats(job, beats.get(0), beats.get(beats.size() - 1), tokens);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
