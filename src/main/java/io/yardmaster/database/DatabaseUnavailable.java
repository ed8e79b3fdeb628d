package io.yardmaster.database;

import java.sql.SQLException;

/** The database cannot be used, or not now; the message is one sentence for the person who runs the server. */
public final class DatabaseUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DatabaseUnavailable(String message) {
        super(message);
    }

    private DatabaseUnavailable(String message, Throwable cause) {
        super(message, cause);
    }

    static DatabaseUnavailable because(SQLException failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String reason = String.valueOf(root.getMessage()).lines().findFirst().orElse("no reason given");
        return new DatabaseUnavailable("the database cannot be reached: " + reason, failure);
    }
}
