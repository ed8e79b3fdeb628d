package io.yardmaster.peer;

import java.util.List;
import javax.sql.DataSource;

/** Another scheduler on the same PostgreSQL, in this JVM, with what its documentation advises for many short jobs. */
public interface Peer {
    int THREADS = 20;

    List<Peer> ALL = List.of(
            new DbSchedulerPeer(DbSchedulerPeer.Polling.FETCH_AND_LOCK),
            new DbSchedulerPeer(DbSchedulerPeer.Polling.LOCK_AND_FETCH),
            new JobRunrPeer(),
            new QuartzPeer());

    String name();

    /**
     * Starts it with so many no-op jobs, each due every {@link Starts#EVERY} seconds.
     *
     * @param database its tables may be made there
     */
    AutoCloseable start(DataSource database, int jobs) throws Exception;

    /**
     * Fills it with so many no-op jobs that are due once and now, without starting it.
     *
     * @param database its tables may be made there, and may be there already
     */
    Filled fill(DataSource database, int jobs) throws Exception;

    /** A scheduler full of work. */
    @FunctionalInterface
    interface Filled {
        /** Lets it begin; to be closed afterwards. */
        AutoCloseable start() throws Exception;
    }
}
