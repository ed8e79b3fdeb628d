package io.yardmaster.trigger;

import io.yardmaster.database.DatabaseUnavailable;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.regex.Pattern;

/** Failures that come from the database's state and pass with it, so that no timetable is to blame. */
final class Passing {
    /** Connection lost, conflict, resources short, shut down, lock not to be had (PostgreSQL, appendix A). */
    private static final Pattern STATES = Pattern.compile("(08|40|53|57P).*|55P03");

    private Passing() {}

    static boolean is(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DatabaseUnavailable
                    || cause instanceof SQLTransientException
                    || (cause instanceof SQLException sql
                            && STATES.matcher(String.valueOf(sql.getSQLState())).matches())) {
                return true;
            }
        }
        return false;
    }
}
