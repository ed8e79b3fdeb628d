package io.yardmaster.app;

import io.yardmaster.database.Database;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "join-code",
        mixinStandardHelpOptions = true,
        abbreviateSynopsis = true,
        versionProvider = VersionOfWar.class,
        description = "Prints a code with which one worker joins; it works once, for 15 minutes.")
final class JoinCodeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings = CommandFlags.settings(spec);
        try (Database database = Databases.open(settings, null, List.of())) {
            spec.commandLine().getOut().println(JoinCodes.issue(database, settings, "system:command"));
        }
        return 0;
    }
}
