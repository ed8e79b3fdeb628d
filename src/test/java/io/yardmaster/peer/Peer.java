package io.yardmaster.peer;

import java.util.List;
import javax.sql.DataSource;

/** Another scheduler on the same PostgreSQL, in this JVM, with what its documentation advises for many short jobs. */
public interface Peer {
    int THREADS = 20;

    List<Peer> ALL = List.of(new DbSchedulerPeer(), new JobRunrPeer(), new QuartzPeer());

    String name();

    /**
     * Starts it with so many no-op jobs, each due every {@link Starts#EVERY} seconds.
     *
     * @param database its tables may be made there
     */
    AutoCloseable start(DataSource database, int jobs) throws Exception;
}
