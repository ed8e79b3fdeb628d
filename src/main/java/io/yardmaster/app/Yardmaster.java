package io.yardmaster.app;

import io.yardmaster.database.Conflict;
import io.yardmaster.database.DatabaseUnavailable;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Missing;
import io.yardmaster.worker.WorkerFailure;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The commands of {@code java -jar yardmaster.war}. */
public final class Yardmaster {

    private Yardmaster() {}

    public static void main(String[] arguments) {
        int code = commandLine().execute(arguments);
        System.exit(code);
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new StandaloneCommand());
        line.addSubcommand(new ServerCommand());
        line.addSubcommand(new WorkerCommand());
        line.addSubcommand(new DemoCommand());
        line.addSubcommand(new MigrateCommand());
        line.addSubcommand(new NextCommand());
        line.addSubcommand(new CommandLine(new AccountCommand())
                .addSubcommand(new AccountAddCommand())
                .addSubcommand(new AccountPasswordCommand()));
        line.addSubcommand(new CommandLine(new ConditionCommand()).setCaseInsensitiveEnumValuesAllowed(true));
        line.addSubcommand(new CommandLine(new NodeCommand()).addSubcommand(new JoinCodeCommand()));
        CommandFlags.add(line, List.of(""));
        line.getSubcommands().forEach(Yardmaster::addFlags);
        line.setUsageHelpLongOptionsMaxWidth(42);
        line.setUsageHelpWidth(110);
        line.setParameterExceptionHandler(Yardmaster::misread);
        line.setExecutionExceptionHandler(Yardmaster::failed);
        return line;
    }

    /** Groups of commands have no flags of their own. */
    private static void addFlags(String name, CommandLine command) {
        if (command.getSubcommands().isEmpty()) {
            CommandFlags.add(command, areas(name));
        }
        command.getSubcommands().forEach(Yardmaster::addFlags);
    }

    private static List<String> areas(String command) {
        return switch (command) {
            case "demo" -> List.of("data.", "log.", "protocol.", "database.embedded.", "server.", "retention.");
            case "server" -> List.of("data.", "log.", "protocol.", "database.", "server.", "retention.");
            case "worker" -> List.of("data.", "log.", "worker.");
            case "next" -> List.of();
            case "join-code" -> List.of("data.", "database.", "log.");
            default -> List.of("database.", "log.");
        };
    }

    private static int misread(ParameterException failure, String[] arguments) {
        String help = failure.getCommandLine().getCommandSpec().qualifiedName() + " --help";
        failure.getCommandLine()
                .getErr()
                .println("yardmaster: "
                        + failure.getMessage().lines().findFirst().orElse("") + " (see " + help + ")");
        return ExitCode.USAGE;
    }

    private static boolean isTheirs(Exception failure) {
        return failure instanceof Refused
                || failure instanceof DatabaseUnavailable
                || failure instanceof WorkerFailure
                || failure instanceof Invalid
                || failure instanceof Conflict
                || failure instanceof Missing;
    }

    /** What is our users' to mend is one sentence; all else is ours, and shown in full. */
    private static int failed(Exception failure, CommandLine command, ParseResult parsed) {
        if (isTheirs(failure)) {
            command.getErr().println("yardmaster: " + failure.getMessage());
        } else {
            command.getErr().println("yardmaster: " + failure);
            failure.printStackTrace(command.getErr());
        }
        return ExitCode.SOFTWARE;
    }
}
