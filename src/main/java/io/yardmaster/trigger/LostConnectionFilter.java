package io.yardmaster.trigger;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.yardmaster.database.LostConnection;
import org.slf4j.Marker;

/**
 * Keeps from the log what Quartz says of connections that were lost while it used them: several traces for each. It tries
 * again, on a connection of {@link PatientConnections}, and if the database is away, that is told there, once. Public
 * because logback makes it by name.
 */
public final class LostConnectionFilter extends TurboFilter {
    private static final String QUARTZ = "org.quartz.";

    @Override
    public FilterReply decide(
            Marker marker, Logger logger, Level level, String message, Object[] arguments, Throwable thrown) {
        Throwable failure = thrown == null ? last(arguments) : thrown;
        // it is asked of every line, also of those that are not wanted: the least costly question comes first
        boolean told = failure != null && logger.getName().startsWith(QUARTZ) && LostConnection.isBehind(failure);
        return told ? FilterReply.DENY : FilterReply.NEUTRAL;
    }

    /** A failure that has no place in the message is its trace. */
    private static Throwable last(Object[] arguments) {
        return arguments != null && arguments.length > 0 && arguments[arguments.length - 1] instanceof Throwable failure
                ? failure
                : null;
    }
}
