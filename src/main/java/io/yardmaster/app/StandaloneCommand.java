package io.yardmaster.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "yardmaster",
        mixinStandardHelpOptions = true,
        abbreviateSynopsis = true,
        versionProvider = VersionOfWar.class,
        description = {
            "Yardmaster, a batch job scheduler.",
            "Without a command: starts a PostgreSQL of its own (unless database.url names one), a server and a worker."
        },
        footer = "Each setting is explained in webapp-config/yardmaster.properties.")
final class StandaloneCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = CommandFlags.settings(spec);
        try (Started started = Started.stoppedWithProcess()) {
            Settings complete = Machine.start(started, settings);
            Machine.startWorker(started, complete);
            started.awaitEnd();
        }
        return 0;
    }
}
