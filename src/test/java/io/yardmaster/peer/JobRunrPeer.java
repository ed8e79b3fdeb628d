package io.yardmaster.peer;

import static org.jobrunr.server.BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration;

import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.scheduling.BackgroundJob;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;

final class JobRunrPeer implements Peer {
    @Override
    public String name() {
        return "JobRunr";
    }

    @Override
    public AutoCloseable start(DataSource database, int jobs) {
        JobRunr.configure()
                .useStorageProvider(new PostgresStorageProvider(database))
                .useBackgroundJobServer(server())
                .initialize();
        for (int job = 0; job < jobs; job++) {
            BackgroundJob.scheduleRecurrently("burst-" + job, "*/" + Starts.EVERY + " * * * * *", Starts::one);
        }
        return JobRunr::destroy;
    }

    @Override
    public Filled fill(DataSource database, int jobs) {
        JobRunr.configure()
                .useStorageProvider(new PostgresStorageProvider(database))
                .initialize();
        BackgroundJob.enqueue(IntStream.range(0, jobs).boxed(), job -> Starts.one());
        return () -> {
            JobRunr.configure()
                    .useStorageProvider(new PostgresStorageProvider(database))
                    .useBackgroundJobServer(server())
                    .initialize();
            return JobRunr::destroy;
        };
    }

    private static BackgroundJobServerConfiguration server() {
        // the shortest interval it allows
        return usingStandardBackgroundJobServerConfiguration()
                .andWorkerCount(THREADS)
                .andPollIntervalInSeconds(5);
    }
}
