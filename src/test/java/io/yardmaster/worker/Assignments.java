package io.yardmaster.worker;

import io.yardmaster.protocol.Assignment;
import io.yardmaster.protocol.RunRef;
import io.yardmaster.task.NoopTask;
import io.yardmaster.task.ShellTask;
import io.yardmaster.task.Task;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Work for a worker under test. */
final class Assignments {
    static final long OUTPUT_LIMIT = 100_000_000;
    private static final AtomicLong RUNS = new AtomicLong(1000);

    private Assignments() {}

    static Assignment script(String script) {
        return of(new ShellTask(script, "sh"), Map.of(), 0, OUTPUT_LIMIT);
    }

    static Assignment holding(Map<String, Long> tokens, String script) {
        Assignment plain = script(script);
        return new Assignment(
                plain.ref(),
                plain.namespace(),
                plain.job(),
                plain.attempt(),
                plain.nominalTime(),
                plain.task(),
                plain.parameters(),
                plain.timeoutMillis(),
                plain.outputLimit(),
                tokens);
    }

    static Assignment noop() {
        return of(new NoopTask(), Map.of(), 0, OUTPUT_LIMIT);
    }

    static Assignment of(Task task, Map<String, String> parameters, long timeoutMillis, long outputLimit) {
        RunRef ref = new RunRef(Long.toString(RUNS.incrementAndGet()), 3);
        return new Assignment(
                ref,
                "default",
                "nightly",
                2,
                "2026-03-29T02:30:00Z",
                task,
                parameters,
                timeoutMillis,
                outputLimit,
                Map.of());
    }
}
