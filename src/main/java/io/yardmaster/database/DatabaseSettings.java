package io.yardmaster.database;

import java.time.Duration;
import java.util.Objects;

/**
 * Where the database is and who we are to it.
 *
 * @param url JDBC URL, {@code jdbc:postgresql://host:port/name}
 * @param user role that the server works as
 * @param password its password; may be empty where the database asks for none
 * @param poolSize connections held at most, 1 to 500
 * @param patience how long a database that does not answer is waited for at the start
 */
public record DatabaseSettings(String url, String user, String password, int poolSize, Duration patience) {
    /** As long as it takes another to start it beside us. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** With the patience that is standard. */
    public DatabaseSettings(String url, String user, String password, int poolSize) {
        this(url, user, password, poolSize, PATIENCE);
    }

    public DatabaseSettings {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("database.url is '" + url
                    + "' but must begin with jdbc:postgresql:, as in " + "jdbc:postgresql://localhost:5432/yardmaster");
        }
        if (poolSize < 1 || poolSize > 500) {
            throw new IllegalArgumentException("database.pool-size is " + poolSize + " but must be 1 to 500");
        }
    }

    /** Never shows the password. */
    @Override
    public String toString() {
        return url + " as " + user;
    }
}
