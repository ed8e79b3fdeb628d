package io.yardmaster.web.dashboard;

import io.yardmaster.web.dashboard.Throughput.Bucket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The chart as a template draws it: bars in a box of {@link #WIDTH} × {@link #HEIGHT} that is stretched to its place, so
 * that the labels beside it keep their size.
 *
 * @param bars oldest first, those of no runs left out
 * @param ticks labels of the vertical axis at equal distances, greatest first; the last is 0
 * @param marks labels of the horizontal axis at equal distances, from the first bucket's start to the last's end
 * @param sums all buckets together
 */
public record ThroughputChart(List<Bar> bars, List<Long> ticks, List<Instant> marks, Bucket sums) {
    static final int WIDTH = 960;
    static final int HEIGHT = 120;

    private static final int[] ROUND = {1, 2, 5};
    /** Of a bucket's width, what lies between two bars. */
    private static final double SPACE = 0.22;
    /** So that one failure among thousands can be seen. */
    private static final double LEAST_HEIGHT = 2;

    /** The stack of one bucket, from the bottom up. */
    public record Bar(Bucket bucket, List<Part> parts) {}

    /** A rectangle; {@code kind} is {@code succeeded}, {@code failed} or {@code other}. */
    public record Part(String kind, double x, double y, double width, double height) {}

    /** @param intervals how many stretches the marks of the horizontal axis divide it into */
    static ThroughputChart of(List<Bucket> buckets, Duration step, int intervals) {
        long top = top(buckets.stream().mapToLong(Bucket::all).max().orElse(0));
        double width = (double) WIDTH / buckets.size();
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < buckets.size(); i++) {
            if (buckets.get(i).all() > 0) {
                Stack stack = new Stack((i + SPACE / 2) * width, (1 - SPACE) * width, (double) HEIGHT / top);
                bars.add(stack.of(buckets.get(i)));
            }
        }
        return new ThroughputChart(bars, ticks(top), marks(buckets, step, intervals), sum(buckets));
    }

    public boolean isEmpty() {
        return bars.isEmpty();
    }

    /** The least of 2, 5, 10, 20, 50 … that is not below {@code most}. */
    private static long top(long most) {
        for (long decade = 1; ; decade *= 10) {
            for (int round : ROUND) {
                if (round * decade >= Math.max(2, most)) {
                    return round * decade;
                }
            }
        }
    }

    private static List<Long> ticks(long top) {
        return top % 2 == 0 ? List.of(top, top / 2, 0L) : List.of(top, 0L);
    }

    private static List<Instant> marks(List<Bucket> buckets, Duration step, int intervals) {
        List<Instant> marks = new ArrayList<>();
        for (int i = 0; i <= intervals; i++) {
            long steps = (long) buckets.size() * i / intervals;
            marks.add(buckets.get(0).start().plus(step.multipliedBy(steps)));
        }
        return marks;
    }

    private static Bucket sum(List<Bucket> buckets) {
        return buckets.stream()
                .reduce((a, b) -> new Bucket(
                        a.start(), a.succeeded() + b.succeeded(), a.failed() + b.failed(), a.other() + b.other()))
                .orElseThrow();
    }

    /** Rectangles put on one another. */
    private static final class Stack {
        private final double x;
        private final double width;
        private final double scale;
        private final List<Part> parts = new ArrayList<>();
        private double top = HEIGHT;

        Stack(double x, double width, double scale) {
            this.x = x;
            this.width = width;
            this.scale = scale;
        }

        Bar of(Bucket bucket) {
            put("succeeded", bucket.succeeded());
            put("failed", bucket.failed());
            put("other", bucket.other());
            return new Bar(bucket, parts);
        }

        private void put(String kind, long runs) {
            if (runs > 0) {
                double height = Math.max(LEAST_HEIGHT, runs * scale);
                top = Math.max(0, top - height);
                parts.add(new Part(kind, rounded(x), rounded(top), rounded(width), rounded(height)));
            }
        }

        private static double rounded(double value) {
            return Math.round(value * 100) / 100.0;
        }
    }
}
