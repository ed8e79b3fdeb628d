package io.yardmaster.worker;

import io.yardmaster.protocol.RunRef;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is kept of one attempt until a server has all of it: its output, then how it ended. */
final class SpooledAttempt {
    private static final Logger LOG = LoggerFactory.getLogger(SpooledAttempt.class);

    private final RunRef ref;
    private final Path directory;
    private final ResultJournal results;
    private final SpooledOutput output;
    private volatile SpooledReport report;
    private volatile boolean closed;

    private SpooledAttempt(RunRef ref, Path directory, ResultJournal results, SpooledOutput output) {
        this.ref = ref;
        this.directory = directory;
        this.results = results;
        this.output = output;
    }

    /** @param limit bytes of output that are kept at most */
    static SpooledAttempt create(RunRef ref, Path directory, ResultJournal results, long limit) {
        return new SpooledAttempt(ref, directory, results, SpooledOutput.create(ref, directory, limit));
    }

    /** @param report null if the attempt had not ended, or was not the worker's to report */
    static SpooledAttempt recover(RunRef ref, Path directory, ResultJournal results, SpooledReport report)
            throws IOException {
        SpooledAttempt attempt = new SpooledAttempt(ref, directory, results, SpooledOutput.recover(ref, directory));
        attempt.report = report;
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
            results.append(ref, ended);
        } catch (IOException full) {
            LOG.warn("The result of run {} is in memory only until a server has it: {}", ref.run(), full.toString());
        } finally {
            // whatever fails: else it would be held for ever
            report = ended;
            closed = true;
        }
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
            if (output.hasDirectory()) {
                Trees.delete(directory);
            }
            results.remove(ref);
        } catch (IOException failure) {
            LOG.warn("What was kept of run {} cannot be deleted: {}", ref.run(), failure.toString());
        }
    }
}
