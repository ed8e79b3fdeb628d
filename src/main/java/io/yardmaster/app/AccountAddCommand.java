package io.yardmaster.app;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Database;
import io.yardmaster.database.Transaction;
import io.yardmaster.security.Account;
import io.yardmaster.security.Accounts;
import io.yardmaster.security.ApiTokens;
import io.yardmaster.security.Caller;
import io.yardmaster.security.Passwords;
import io.yardmaster.security.Role;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        abbreviateSynopsis = true,
        versionProvider = VersionOfWar.class,
        description = "Makes an account for automation: it has no password and works with a token only.")
final class AccountAddCommand implements Callable<Integer> {
    private static final Actor BY = Actor.system("command");

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "what the account is called")
    private String name;

    @Option(names = "--role", required = true, description = "one of ${COMPLETION-CANDIDATES}")
    private Role role;

    @Option(
            names = "--namespace",
            defaultValue = Caller.EVERYWHERE,
            description = "where it has the role; default: all")
    private String namespace;

    @Option(names = "--token", description = "print a bearer token for the API; it is told this once")
    private boolean token;

    @Override
    public Integer call() {
        Settings settings = CommandFlags.settings(spec);
        try (Database database = Databases.open(settings, null, List.of())) {
            String made = database.inTransaction(this::add);
            spec.commandLine().getOut().println(made);
        }
        return 0;
    }

    private String add(Transaction transaction) {
        Account account = new Accounts(new Passwords()).add(transaction, name, null, Map.of(namespace, role), BY);
        return token ? ApiTokens.issue(transaction, account, "command line", null, BY) : "made " + account.name();
    }
}
