package io.yardmaster.worker;

import io.yardmaster.protocol.RunRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is kept of one attempt until a server has all of it: its output, then how it ended. */
final class SpooledAttempt {
    private static final Logger LOG = LoggerFactory.getLogger(SpooledAttempt.class);

    private final RunRef ref;
    private final Path directory;
    private final SpooledOutput output;
    private volatile SpooledReport report;
    private volatile boolean closed;

    private SpooledAttempt(RunRef ref, Path directory, SpooledOutput output) {
        this.ref = ref;
        this.directory = directory;
        this.output = output;
    }

    static SpooledAttempt create(RunRef ref, Path directory, long limit) throws IOException {
        Trees.delete(directory);
        OwnerOnly.directory(directory);
        return new SpooledAttempt(ref, directory, SpooledOutput.create(ref, directory, limit));
    }

    /** Its report is kept in memory if {@code directory} still cannot be made when it ends. */
    static SpooledAttempt withoutDisk(RunRef ref, Path directory) {
        return new SpooledAttempt(ref, directory, SpooledOutput.create(ref, directory, 0));
    }

    static SpooledAttempt recover(RunRef ref, Path directory) throws IOException {
        SpooledAttempt attempt = new SpooledAttempt(ref, directory, SpooledOutput.recover(ref, directory));
        Path file = directory.resolve("report.json");
        if (Files.exists(file)) {
            attempt.report = Json.MAPPER.readValue(file.toFile(), SpooledReport.class);
        }
        attempt.closed = true;
        return attempt;
    }

    RunRef ref() {
        return ref;
    }

    SpooledOutput output() {
        return output;
    }

    /** Null if the attempt has not ended, or is not the worker's to report. */
    SpooledReport report() {
        return report;
    }

    /** Ended, with nothing more to come. */
    void finish(SpooledReport ended) {
        output.seal();
        try {
            OwnerOnly.replace(directory.resolve("report.json"), Json.MAPPER.writeValueAsBytes(ended));
        } catch (IOException full) {
            LOG.warn("The result of run {} is in memory only until a server has it: {}", ref.run(), full.toString());
        }
        report = ended;
        closed = true;
    }

    /** Ended, and how is nobody's business any more; what it printed still is. */
    void abandon() {
        output.seal();
        closed = true;
    }

    /** Whether all its output was acknowledged and no more will come. */
    boolean isReadyToReport() {
        return closed && output.isDelivered();
    }

    void delete() {
        output.close();
        try {
            Trees.delete(directory);
        } catch (IOException failure) {
            LOG.warn("{} cannot be deleted: {}", directory, failure.toString());
        }
    }
}
