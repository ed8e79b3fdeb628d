package io.yardmaster.app;

import io.yardmaster.database.DatabaseUnavailable;
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
        line.addSubcommand(new MigrateCommand());
        CommandFlags.add(line, List.of(""));
        line.getSubcommands().forEach((name, command) -> CommandFlags.add(command, areas(name)));
        line.setUsageHelpLongOptionsMaxWidth(42);
        line.setUsageHelpWidth(110);
        line.setParameterExceptionHandler(Yardmaster::misread);
        line.setExecutionExceptionHandler(Yardmaster::failed);
        return line;
    }

    private static List<String> areas(String command) {
        return switch (command) {
            case "demo" -> List.of("");
            case "server" -> List.of("data.", "log.", "protocol.", "database.", "server.", "retention.");
            case "worker" -> List.of("data.", "log.", "worker.");
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

    /** What is our users' to mend is one sentence; all else is ours, and shown in full. */
    private static int failed(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof Refused || failure instanceof DatabaseUnavailable) {
            command.getErr().println("yardmaster: " + failure.getMessage());
        } else {
            command.getErr().println("yardmaster: " + failure);
            failure.printStackTrace(command.getErr());
        }
        return ExitCode.SOFTWARE;
    }
}
