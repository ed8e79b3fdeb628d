package io.yardmaster.app;

import io.yardmaster.database.Database;
import io.yardmaster.dispatch.Loop;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        abbreviateSynopsis = true,
        versionProvider = VersionOfWar.class,
        description = {
            "Shows Yardmaster at work: a PostgreSQL of its own, a server, three unequal workers and sample jobs.",
            "All of it is kept in demo in the data directory, unless --data.directory says otherwise."
        })
final class DemoCommand implements Callable<Integer> {
    private static final String FEW_CONNECTIONS = "5";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = apart(CommandFlags.settings(spec));
        try (Started started = Started.stoppedWithProcess()) {
            Settings complete = Machine.start(started, settings).with(Setting.DATABASE_POOL_SIZE, FEW_CONNECTIONS);
            Database database = started.start(() -> Databases.open(complete, null, Composition.ENTITIES));
            DemoJobs.apply(database);
            List<LocalWorker> workers = DemoNode.ALL.stream()
                    .map(node -> Machine.startWorker(started, node.settings(complete)))
                    .toList();
            started.start(() -> new Loop("demo", () -> DemoNode.weigh(database)).start());
            // stopped first: all finish what they run at the same time, not one after the other
            started.start(() -> () -> workers.forEach(LocalWorker::askToStop));
            started.awaitEnd();
        }
        return 0;
    }

    /** Sample jobs never get among real ones. */
    private static Settings apart(Settings settings) {
        if (settings.has(Setting.DATABASE_URL)) {
            throw new Refused("the demo brings its own PostgreSQL, so that its jobs never get among yours: "
                    + "leave database.url out");
        }
        return settings.has(Setting.DATA_DIRECTORY)
                ? settings
                : settings.with(
                        Setting.DATA_DIRECTORY,
                        settings.dataDirectory().resolve("demo").toString());
    }
}
