package io.yardmaster.app;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Database;
import io.yardmaster.database.Transaction;
import io.yardmaster.lock.Conditions;
import io.yardmaster.lock.Lock;
import io.yardmaster.lock.Locks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "condition",
        mixinStandardHelpOptions = true,
        abbreviateSynopsis = true,
        versionProvider = VersionOfWar.class,
        description = "Sets, resets, signals or broadcasts a condition of the configured database.")
final class ConditionCommand implements Callable<Integer> {
    private static final Actor BY = Actor.system("command");

    private final Locks locks = new Locks();

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "ACT", description = "set, reset, signal or broadcast")
    private Conditions.Act act;

    @Parameters(
            index = "1",
            paramLabel = "NAMESPACE/NAME",
            description = "the condition; without a namespace, of default")
    private String condition;

    @Parameters(
            index = "2..*",
            paramLabel = "NAME=VALUE",
            description = "variables that get other values first; none of a reset")
    private Map<String, String> variables = new LinkedHashMap<>();

    @Override
    public Integer call() {
        if (act == Conditions.Act.RESET && !variables.isEmpty()) {
            throw new Refused("a reset gives the first values back: leave the variables out");
        }
        Settings settings = CommandFlags.settings(spec);
        try (Database database = Databases.open(settings, null, List.of(Lock.class))) {
            spec.commandLine().getOut().println(database.inTransaction(this::change));
        }
        return 0;
    }

    private String change(Transaction transaction) {
        int slash = condition.indexOf('/');
        String namespace = slash < 0 ? "default" : condition.substring(0, slash);
        Lock lock = locks.get(transaction, namespace, condition.substring(slash + 1));
        Conditions.Outcome outcome = Conditions.change(transaction, lock, new Conditions.Change(act, variables), BY);
        String now = outcome.variables().texts().entrySet().stream()
                .map(one -> " " + one.getKey() + "=" + one.getValue())
                .collect(Collectors.joining());
        return lock.fullName() + ":" + now + " (runs called: " + outcome.called() + ")";
    }
}
