package io.yardmaster.database;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;

/** Brings the schema to this version, or says how far it is from it. Flyway runs the files of {@code db/migration}. */
public final class Migration {
    private Migration() {}

    /**
     * Applies what is pending, as the role that owns the schema, and grants the server's role what it needs.
     *
     * @param owner whom to connect as
     * @param serverRole the role that servers work as; may be the owner itself
     * @return how many files were applied
     * @throws DatabaseUnavailable in one sentence: unreachable, too old, or not migratable
     */
    public static int migrate(DatabaseSettings owner, String serverRole) {
        HikariDataSource source = Pools.ofMigration(owner);
        try {
            FirstAnswer.await(source, owner.patience());
            DatabaseOpener.checkVersion(source);
            return flyway(source, serverRole).migrate().migrationsExecuted;
        } catch (FlywayException failure) {
            String reason = String.valueOf(failure.getMessage()).strip().replaceAll("\\s*\\n\\s*", "; ");
            throw new DatabaseUnavailable("the schema cannot be migrated: " + reason);
        } finally {
            Pools.close(source);
        }
    }

    /** @throws DatabaseUnavailable if the schema is older or newer than this version expects */
    static void check(DataSource pool) {
        MigrationInfoService info = flyway(pool, "").info();
        int pending = info.pending().length;
        if (pending > 0) {
            throw new DatabaseUnavailable("the schema lacks " + pending + " migrations: run 'yardmaster migrate'");
        }
        for (MigrationInfo applied : info.applied()) {
            if (applied.getState() == MigrationState.FUTURE_SUCCESS) {
                throw new DatabaseUnavailable("the schema is at version " + applied.getVersion()
                        + ", newer than this program: start the newer version instead");
            }
        }
    }

    private static Flyway flyway(DataSource source, String serverRole) {
        return Flyway.configure(Migration.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:db/migration")
                .placeholders(Map.of("serverRole", serverRole))
                .validateMigrationNaming(true)
                .load();
    }
}
