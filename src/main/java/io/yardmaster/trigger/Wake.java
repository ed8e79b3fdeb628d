package io.yardmaster.trigger;

import java.util.concurrent.atomic.AtomicBoolean;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one job that Quartz knows: fires whatever is due. Wakes that come while one is at work have nothing to add. */
final class Wake implements Job {
    private static final Logger LOG = LoggerFactory.getLogger(Wake.class);

    private final FireDue due;
    private final AtomicBoolean working;

    Wake(FireDue due, AtomicBoolean working) {
        this.due = due;
        this.working = working;
    }

    @Override
    public void execute(JobExecutionContext context) {
        if (!working.compareAndSet(false, true)) {
            return;
        }
        try {
            due.fireDue();
        } catch (RuntimeException failure) {
            LOG.debug("a wake could not fire; the reconciler tells why and goes on", failure);
        } finally {
            working.set(false);
        }
    }
}
