package io.yardmaster.trigger;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.SchedulerRepository;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.simpl.SimpleThreadPool;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/** Makes clustered Quartz schedulers on connections of ours. */
final class QuartzScheduler {
    /** The cluster's name, in every row of Quartz. */
    static final String NAME = "yardmaster";

    static final String TABLES = "quartz.qrtz_";

    private QuartzScheduler() {}

    /**
     * A scheduler that is not started yet.
     *
     * @param server this server's name; made unique here, since names repeat among containers
     * @param checkIn how often it tells the others that it lives
     */
    static synchronized Scheduler create(ConnectionProvider connections, String server, Duration checkIn)
            throws SchedulerException {
        String instance = server + "-" + UUID.randomUUID();
        DBConnectionManager.getInstance().addConnectionProvider(instance, connections);
        Scheduler scheduler = new StdSchedulerFactory(settings(instance, checkIn)).getScheduler();
        // or the next one made in this JVM would be this one again
        SchedulerRepository.getInstance().remove(NAME);
        return scheduler;
    }

    private static Properties settings(String instance, Duration checkIn) {
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "org.quartz.scheduler.instanceName", NAME,
                "org.quartz.scheduler.instanceId", instance,
                "org.quartz.scheduler.skipUpdateCheck", "true",
                "org.quartz.scheduler.makeSchedulerThreadDaemon", "true",
                "org.quartz.scheduler.threadsInheritContextClassLoaderOfInitializer", "true",
                "org.quartz.scheduler.batchTriggerAcquisitionMaxCount", "100",
                "org.quartz.scheduler.idleWaitTime", "5000",
                "org.quartz.threadPool.class", SimpleThreadPool.class.getName(),
                "org.quartz.threadPool.threadCount", "4",
                "org.quartz.threadPool.makeThreadsDaemons", "true"));
        settings.putAll(Map.of(
                "org.quartz.threadPool.threadsInheritContextClassLoaderOfInitializingThread",
                "true",
                "org.quartz.jobStore.class",
                JobStoreTX.class.getName(),
                "org.quartz.jobStore.driverDelegateClass",
                PatientDelegate.class.getName(),
                "org.quartz.jobStore.driverDelegateInitString",
                "triggerPersistenceDelegateClasses=" + TimetableTriggerRows.class.getName(),
                "org.quartz.jobStore.dataSource",
                instance,
                "org.quartz.jobStore.tablePrefix",
                TABLES,
                "org.quartz.jobStore.useProperties",
                "true",
                "org.quartz.jobStore.makeThreadsDaemons",
                "true"));
        settings.putAll(Map.of(
                "org.quartz.jobStore.isClustered", "true",
                "org.quartz.jobStore.clusterCheckinInterval", Long.toString(checkIn.toMillis()),
                "org.quartz.jobStore.misfireThreshold", "60000",
                // without it two servers may acquire the same trigger
                "org.quartz.jobStore.acquireTriggersWithinLock", "true"));
        return settings;
    }
}
