package io.yardmaster.database;

import java.sql.SQLException;
import java.util.regex.Pattern;

/** How failures tell that the connection to the database was lost, or that there is none to be had. */
public final class LostConnection {
    /**
     * Connection failed or lost; shut down, crashed, starting up; cut off, since nothing was said on it for too long, as
     * when this server stood still (PostgreSQL, appendix A).
     */
    private static final Pattern STATES = Pattern.compile("08.*|57P0[1235]|25P03");

    /** What the pool says, without a state, to whoever goes on using a connection that it gave up when it was lost. */
    private static final String GIVEN_UP = "Connection is closed";

    private LostConnection() {}

    /** Whether it is the reason of {@code failure}, however deep it lies. */
    public static boolean isBehind(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DatabaseUnavailable
                    || (cause instanceof SQLException sql && (isToldBy(sql) || isGivenUp(sql)))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the driver or the database itself says so. */
    static boolean isToldBy(SQLException failure) {
        return STATES.matcher(String.valueOf(failure.getSQLState())).matches();
    }

    private static boolean isGivenUp(SQLException failure) {
        return failure.getSQLState() == null && GIVEN_UP.equals(failure.getMessage());
    }
}
