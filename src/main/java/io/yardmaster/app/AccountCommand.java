package io.yardmaster.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "account",
        mixinStandardHelpOptions = true,
        versionProvider = VersionOfWar.class,
        description = "Accounts of the configured database.")
final class AccountCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "'account' wants a command after it");
    }
}
