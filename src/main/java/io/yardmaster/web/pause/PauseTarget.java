package io.yardmaster.web.pause;

import io.yardmaster.database.Missing;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Job;
import io.yardmaster.trigger.Pause.Kind;
import io.yardmaster.trigger.Pause.Scope;
import io.yardmaster.trigger.Schedule;
import io.yardmaster.web.form.Address;

/**
 * What somebody wants to pause or resume.
 *
 * @param name as people call it; empty for the whole system
 * @param path of its pause and resume, without the last word
 * @param home where to go afterwards
 */
public record PauseTarget(Scope scope, String name, String path, String home) {
    private static final String KNOWN =
            "SELECT EXISTS (SELECT FROM job WHERE namespace = :namespace AND archived_at IS NULL)";

    static final PauseTarget SYSTEM = new PauseTarget(Scope.SYSTEM, "", "/system", "/pauses");

    static PauseTarget of(Job job) {
        String path = Address.of("jobs", job.namespace(), job.name()).toString();
        return new PauseTarget(Scope.job(job.id()), job.fullName(), path, path);
    }

    static PauseTarget of(Job job, Schedule schedule) {
        String home = Address.of("jobs", job.namespace(), job.name()).toString();
        return new PauseTarget(
                Scope.schedule(schedule.id()),
                job.fullName() + "/" + schedule.name(),
                home + "/schedules/" + schedule.id(),
                home);
    }

    /** @throws Missing if no job is in it */
    static PauseTarget namespace(Transaction transaction, String namespace) {
        boolean known = transaction
                .sql()
                .createQuery(KNOWN)
                .bind("namespace", namespace)
                .mapTo(Boolean.class)
                .one();
        if (!known) {
            throw new Missing("namespace " + namespace);
        }
        return new PauseTarget(
                Scope.namespace(namespace),
                namespace,
                Address.of("namespaces", namespace).toString(),
                "/pauses");
    }

    public Kind kind() {
        return scope.kind();
    }
}
