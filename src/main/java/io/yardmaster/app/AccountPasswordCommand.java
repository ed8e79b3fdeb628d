package io.yardmaster.app;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Database;
import io.yardmaster.security.Accounts;
import io.yardmaster.security.HashedPassword;
import io.yardmaster.security.Passwords;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "password",
        mixinStandardHelpOptions = true,
        abbreviateSynopsis = true,
        versionProvider = VersionOfWar.class,
        description = {
            "Gives an account a new password, as when the last administrator has forgotten theirs, and ends its"
                    + " sessions.",
            "Asks for it on a terminal, else reads it from the first line of the input."
        })
final class AccountPasswordCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "what the account is called")
    private String name;

    @Override
    public Integer call() {
        Settings settings = CommandFlags.settings(spec);
        try (Database database = Databases.open(settings, null, List.of())) {
            boolean disabled = database.inTransaction(transaction -> Accounts.find(transaction, name))
                    .orElseThrow(() -> new Refused("there is no account '" + name + "'"))
                    .isDisabled();
            String password = TypedPassword.of(System.console(), System.in, name);
            Accounts accounts = new Accounts(new Passwords());
            HashedPassword hashed = accounts.accept(name, password);
            database.useTransaction(
                    transaction -> accounts.setPassword(transaction, name, hashed, Actor.system("command")));
            spec.commandLine()
                    .getOut()
                    .println("changed the password of " + name
                            + (disabled ? ", which is disabled and stays so" : " and ended its sessions"));
        }
        return 0;
    }
}
