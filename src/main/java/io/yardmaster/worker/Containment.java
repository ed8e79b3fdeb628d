package io.yardmaster.worker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How the processes of a task are kept together, so that all of them can be ended.
 *
 * @param kind as told to the server
 * @param command that runs what follows it inside
 */
record Containment(Kind kind, List<String> command) {
    enum Kind {
        /** Ends with its first process, whatever its processes do. */
        PID_NAMESPACE("namespace", "init"),
        /** Processes that leave both the session and the environment behind are not found. */
        PROCESS_GROUP("group", "run");

        /** What the guardian calls it. */
        final String word;
        /** How the guardian starts the task in it. */
        final String entry;

        Kind(String word, String entry) {
            this.word = word;
            this.entry = entry;
        }
    }

    private static final List<String> NAMESPACE = List.of("unshare", "--pid", "--fork", "--kill-child");
    private static final List<String> DIES_WITH_PARENT = List.of("setpriv", "--pdeathsig", "KILL");
    static final Containment GROUP = new Containment(Kind.PROCESS_GROUP, List.of("setsid"));

    /** The first way down the ladder that this machine and user allow. */
    static Containment probe() {
        List<String> own = List.of("--user", "--map-current-user");
        List<String> proc = List.of("--mount-proc");
        for (List<String> options : List.of(proc, List.<String>of(), join(own, proc), own)) {
            List<String> command = join(NAMESPACE, options);
            if (works(command)) {
                List<String> guarded = join(DIES_WITH_PARENT, command);
                return new Containment(Kind.PID_NAMESPACE, works(guarded) ? guarded : command);
            }
        }
        return GROUP;
    }

    private static boolean works(List<String> command) {
        try {
            Process process = new ProcessBuilder(join(command, List.of("sh", "-c", "exit 7")))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 7;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static List<String> join(List<String> first, List<String> second) {
        List<String> joined = new ArrayList<>(first);
        joined.addAll(second);
        return joined;
    }
}
