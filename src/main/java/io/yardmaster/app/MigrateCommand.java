package io.yardmaster.app;

import io.yardmaster.database.Migration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        abbreviateSynopsis = true,
        versionProvider = VersionOfWar.class,
        description = "Brings the configured database's schema to this version.")
final class MigrateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings = CommandFlags.settings(spec);
        int applied = Migration.migrate(Databases.owner(settings), settings.text(Setting.DATABASE_USER));
        spec.commandLine().getOut().println(applied == 0 ? "nothing to do" : "applied " + applied + " migrations");
        return 0;
    }
}
