package io.yardmaster.peer;

import static org.jobrunr.server.BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration;

import javax.sql.DataSource;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.scheduling.BackgroundJob;
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
                // the shortest interval it allows
                .useBackgroundJobServer(usingStandardBackgroundJobServerConfiguration()
                        .andWorkerCount(THREADS)
                        .andPollIntervalInSeconds(5))
                .initialize();
        for (int job = 0; job < jobs; job++) {
            BackgroundJob.scheduleRecurrently("burst-" + job, "*/" + Starts.EVERY + " * * * * *", Starts::one);
        }
        return JobRunr::destroy;
    }
}
