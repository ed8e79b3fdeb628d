package io.yardmaster.peer;

import static java.util.Map.entry;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import javax.sql.DataSource;
import org.quartz.CronScheduleBuilder;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/** Clustered and by itself, in the tables that it has here anyway. */
final class QuartzPeer implements Peer {
    private static final String NAME = "peer";

    private static final Map<String, String> SETTINGS = Map.ofEntries(
            entry("org.quartz.scheduler.instanceName", NAME),
            entry("org.quartz.scheduler.instanceId", "AUTO"),
            entry("org.quartz.scheduler.skipUpdateCheck", "true"),
            entry("org.quartz.scheduler.batchTriggerAcquisitionMaxCount", Integer.toString(THREADS)),
            entry("org.quartz.threadPool.threadCount", Integer.toString(THREADS)),
            entry("org.quartz.jobStore.class", JobStoreTX.class.getName()),
            entry("org.quartz.jobStore.driverDelegateClass", PostgreSQLDelegate.class.getName()),
            entry("org.quartz.jobStore.dataSource", NAME),
            entry("org.quartz.jobStore.tablePrefix", "quartz.qrtz_"),
            entry("org.quartz.jobStore.isClustered", "true"),
            entry("org.quartz.jobStore.acquireTriggersWithinLock", "true"));

    /** Public because Quartz makes it. */
    public static final class Noop implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            Starts.one();
        }
    }

    @Override
    public String name() {
        return "Quartz";
    }

    @Override
    public AutoCloseable start(DataSource database, int jobs) throws SchedulerException {
        Scheduler scheduler = scheduler(database);
        Map<JobDetail, Set<? extends Trigger>> all = new HashMap<>();
        for (int job = 0; job < jobs; job++) {
            all.put(
                    noop("burst-" + job),
                    Set.of(TriggerBuilder.newTrigger()
                            .withSchedule(CronScheduleBuilder.cronSchedule("0/" + Starts.EVERY + " * * * * ?"))
                            .build()));
        }
        scheduler.scheduleJobs(all, false);
        scheduler.start();
        return () -> scheduler.shutdown(true);
    }

    @Override
    public Filled fill(DataSource database, int jobs) throws SchedulerException {
        Scheduler scheduler = scheduler(database);
        Map<JobDetail, Set<? extends Trigger>> all = new HashMap<>();
        for (int job = 0; job < jobs; job++) {
            all.put(
                    noop("drain-" + job),
                    Set.of(TriggerBuilder.newTrigger().startNow().build()));
        }
        scheduler.scheduleJobs(all, false);
        return () -> {
            scheduler.start();
            return () -> scheduler.shutdown(true);
        };
    }

    private static Scheduler scheduler(DataSource database) throws SchedulerException {
        DBConnectionManager.getInstance().addConnectionProvider(NAME, connections(database));
        Properties settings = new Properties();
        settings.putAll(SETTINGS);
        return new StdSchedulerFactory(settings).getScheduler();
    }

    private static JobDetail noop(String name) {
        return JobBuilder.newJob(Noop.class).withIdentity(name).build();
    }

    private static ConnectionProvider connections(DataSource database) {
        return new ConnectionProvider() {
            @Override
            public java.sql.Connection getConnection() throws java.sql.SQLException {
                return database.getConnection();
            }

            @Override
            public void shutdown() {
                // the pool is closed by whoever made it
            }

            @Override
            public void initialize() {
                // it is there
            }
        };
    }
}
