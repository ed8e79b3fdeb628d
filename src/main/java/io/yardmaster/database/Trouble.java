package io.yardmaster.database;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.ConnectionException;

/**
 * What a failure tells of the database and not of what was asked for, so that the same may succeed a little later: by
 * SQLSTATE (PostgreSQL, appendix A), however deep it lies.
 */
public enum Trouble {
    /** Connection not to be had or lost, out of resources, shut down, cut off. */
    AWAY("(08|53|57P).*|25P03"),
    /** Others were changing the same for too long, or in a conflict again and again. */
    HELD_UP("(40|55).*"),
    /** A statement was ended since it took too long. */
    TOO_LONG("57014");

    private final Pattern states;

    Trouble(String states) {
        this.states = Pattern.compile(states);
    }

    /** Empty if {@code failure} has another reason. */
    public static Optional<Trouble> of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DatabaseUnavailable
                    || cause instanceof ConnectionException
                    || cause instanceof SQLTransientException) {
                return Optional.of(AWAY);
            }
            for (Trouble trouble : values()) {
                if (cause instanceof SQLException sql
                        && trouble.states
                                .matcher(String.valueOf(sql.getSQLState()))
                                .matches()) {
                    return Optional.of(trouble);
                }
            }
        }
        return Optional.empty();
    }

    /** Whether nothing that was asked for is to blame; what takes too long may be. */
    public static boolean isPassing(Throwable failure) {
        return of(failure).filter(trouble -> trouble != TOO_LONG).isPresent();
    }
}
