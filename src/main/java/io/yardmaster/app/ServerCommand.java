package io.yardmaster.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "server",
        mixinStandardHelpOptions = true,
        abbreviateSynopsis = true,
        versionProvider = VersionOfWar.class,
        description = "Starts one server on the configured database; any number of them form a cluster.")
final class ServerCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = CommandFlags.settings(spec);
        Databases.server(settings);
        try (Started started = Started.stoppedWithProcess()) {
            DataDirectory data = started.start(() -> DataDirectory.hold(settings.dataDirectory()));
            started.start(() -> WebServer.start(Launcher.ofProcess(), settings, data));
            started.awaitEnd();
        }
        return 0;
    }
}
