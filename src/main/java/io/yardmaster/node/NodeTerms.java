package io.yardmaster.node;

import io.yardmaster.database.Invalid;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * On what terms a node takes runs. Null is no threshold.
 *
 * @param labels as {@code key=value} or bare, each at most once
 * @param maxCpu per cent of its processors in use, above which it gets nothing new, 1 to 100
 * @param maxMemory likewise of its memory
 * @param minDiskFree bytes of free disk, below which it gets nothing new
 * @param warmUpSeconds over which its usable slots grow to all of them after each start of its worker, at most an hour
 */
public record NodeTerms(List<String> labels, Integer maxCpu, Integer maxMemory, Long minDiskFree, int warmUpSeconds) {
    /** Takes as many runs as it has slots, whatever its load. */
    public static final NodeTerms NONE = new NodeTerms(List.of(), null, null, null, 0);

    static final int MOST_LABELS = 50;

    private static final Pattern LABEL =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?(=[A-Za-z0-9._/-]{1,63})?");
    private static final long MOST_DISK = 1_000_000_000_000_000L;
    private static final int LONGEST_WARM_UP = 3600;
    private static final int HUNDRED = 100;

    /** What a node can be short of. */
    public enum Resource {
        CPU,
        MEMORY,
        DISK
    }

    public NodeTerms {
        labels = Objects.requireNonNullElse(labels, List.<String>of()).stream()
                .distinct()
                .sorted()
                .toList();
    }

    /** Of a row with the columns of {@code node}, but for the labels, which are {@code node_labels} in it. */
    public static NodeTerms read(ResultSet row) throws SQLException {
        return new NodeTerms(
                List.of((String[]) row.getArray("node_labels").getArray()),
                row.getObject("max_cpu", Integer.class),
                row.getObject("max_memory", Integer.class),
                row.getObject("min_disk_free", Long.class),
                row.getInt("warm_up_seconds"));
    }

    /** Which threshold {@code load} exceeds, the first of several; null if none, or nothing is known of the load. */
    public Resource exceededBy(NodeLoad load) {
        if (maxCpu != null && load.cpu() * HUNDRED > maxCpu) {
            return Resource.CPU;
        }
        if (maxMemory != null && load.memory() * HUNDRED > maxMemory) {
            return Resource.MEMORY;
        }
        return minDiskFree != null && load.diskTotal() > 0 && load.diskFree() < minDiskFree ? Resource.DISK : null;
    }

    void check(Invalid.Problems problems) {
        checkLabels(labels, problems);
        checkRange("maxCpu", maxCpu == null ? null : maxCpu.longValue(), HUNDRED, problems);
        checkRange("maxMemory", maxMemory == null ? null : maxMemory.longValue(), HUNDRED, problems);
        checkRange("minDiskFree", minDiskFree, MOST_DISK, problems);
        problems.check(
                warmUpSeconds >= 0 && warmUpSeconds <= LONGEST_WARM_UP,
                "warmUpSeconds",
                warmUpSeconds,
                "invalid.range",
                0,
                LONGEST_WARM_UP);
    }

    /** What a worker or an operator says of a node. */
    public static void checkLabels(List<String> labels, Invalid.Problems problems) {
        problems.check(labels.size() <= MOST_LABELS, "labels", labels.size(), "invalid.selectors", MOST_LABELS);
        labels.stream()
                .filter(label -> !LABEL.matcher(label).matches() || Labels.isReserved(label))
                .forEach(bad -> problems.add("labels", bad, "invalid.label"));
    }

    public static boolean areLabels(List<String> labels) {
        Invalid.Problems problems = new Invalid.Problems();
        checkLabels(labels, problems);
        return problems.none();
    }

    private static void checkRange(String field, Long value, long most, Invalid.Problems problems) {
        problems.check(value == null || (value >= 1 && value <= most), field, value, "invalid.range", 1, most);
    }
}
