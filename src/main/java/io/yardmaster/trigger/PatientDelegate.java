package io.yardmaster.trigger;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.quartz.JobPersistenceException;
import org.quartz.TriggerKey;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;
import org.quartz.spi.OperableTrigger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes over triggers that cannot be read, as if they were gone: Quartz itself would acquire none at all until somebody
 * repairs the one. The {@link Watchdog} does. Public because Quartz makes it by name.
 */
public final class PatientDelegate extends PostgreSQLDelegate {
    private static final Logger LOG = LoggerFactory.getLogger(PatientDelegate.class);

    @Override
    public OperableTrigger selectTrigger(Connection connection, TriggerKey key)
            throws SQLException, ClassNotFoundException, IOException, JobPersistenceException {
        try {
            return super.selectTrigger(connection, key);
        } catch (IllegalStateException | IllegalArgumentException unreadable) {
            LOG.debug("the alarm {} cannot be read", key, unreadable);
            return null;
        }
    }
}
