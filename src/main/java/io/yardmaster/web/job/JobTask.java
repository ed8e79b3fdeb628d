package io.yardmaster.web.job;

import io.yardmaster.database.Said;
import io.yardmaster.job.Job;
import io.yardmaster.job.JobDefinition;
import io.yardmaster.job.JobSignal;
import io.yardmaster.job.LockNeed;
import io.yardmaster.job.Need;
import io.yardmaster.job.Overlap;
import io.yardmaster.job.Retry;
import io.yardmaster.task.ShellTask;
import io.yardmaster.web.form.Amounts;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a job does, for people.
 *
 * @param script null for a job that does nothing
 * @param interpreter null likewise
 * @param timeout empty for none
 * @param deadline empty for none
 * @param retry null for none
 * @param overlap null if its runs do not mind each other
 * @param warnAfter empty for never
 * @param expiresAfter empty likewise
 * @param locks that its runs take before they begin
 * @param signals to conditions at their ends
 */
public record JobTask(
        String script,
        String interpreter,
        Map<String, String> parameters,
        String timeout,
        String delivery,
        String outputLimit,
        int priority,
        String deadline,
        Retry retry,
        Need need,
        Overlap overlap,
        String warnAfter,
        String expiresAfter,
        List<NeededLock> locks,
        List<EndSignal> signals) {
    /**
     * One of them.
     *
     * @param mode of a read-write lock; null for every other
     * @param permits null where nothing is said of them
     */
    public record NeededLock(
            String namespace,
            String name,
            LockNeed.Mode mode,
            Integer permits,
            String when,
            String timeout,
            LockNeed.Otherwise otherwise) {
        static NeededLock of(LockNeed need, String namespace) {
            String full = need.fullName(namespace);
            int slash = full.indexOf('/');
            return new NeededLock(
                    full.substring(0, slash),
                    full.substring(slash + 1),
                    need.mode(),
                    need.permits(),
                    need.when(),
                    need.timeout() == null ? null : Amounts.ofSeconds(need.timeout()),
                    need.otherwise());
        }
    }

    /** What an end does to a condition. */
    public record EndSignal(String namespace, String name, JobSignal signal) {
        static EndSignal of(JobSignal signal, String namespace) {
            String full = signal.fullName(namespace);
            int slash = full.indexOf('/');
            return new EndSignal(full.substring(0, slash), full.substring(slash + 1), signal);
        }

        /** As it stands in keys of messages. */
        public String act() {
            return signal.act().name().toLowerCase(Locale.ROOT);
        }
    }

    static JobTask of(Job job) {
        JobDefinition definition = job.definition();
        ShellTask shell = definition.task() instanceof ShellTask found ? found : null;
        return new JobTask(
                shell == null ? null : shell.script(),
                shell == null ? null : shell.interpreter(),
                definition.parameters(),
                Amounts.ofSeconds(definition.timeout()),
                definition.delivery().name(),
                Amounts.ofBytes(definition.outputLimit()),
                definition.rules().priority(),
                Amounts.ofSeconds(definition.rules().deadline()),
                definition.rules().retry(),
                definition.need(),
                definition.rules().overlap(),
                Amounts.ofSeconds(definition.rules().warnAfter()),
                Amounts.ofSeconds(definition.rules().expiresAfter()),
                definition.locks().stream()
                        .map(need -> NeededLock.of(need, job.namespace()))
                        .toList(),
                definition.signals().stream()
                        .map(signal -> EndSignal.of(signal, job.namespace()))
                        .toList());
    }

    /** How often it is repeated; null if not. */
    public Said repeated() {
        return retry == null ? null : Said.of("job.retry.text", retry.count(), Amounts.ofSeconds(retry.delay()));
    }
}
