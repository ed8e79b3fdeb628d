package io.yardmaster.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One running guardian process and its task; see guardian.sh. Its commands may block while it is stopped. */
final class Guardian {
    private final Process process;
    private final OutputStream commands;
    private final GuardianWords words = new GuardianWords();
    private int pauses;

    private Guardian(Process process) {
        this.process = process;
        this.commands = process.getOutputStream();
    }

    /**
     * @param path the worker's {@code PATH}: a task's own must not lead its guardian astray
     * @param untilMillis of the machine's uptime: when the task's time is up unless more is granted
     */
    static Guardian start(GuardianCommand command, String path, long untilMillis) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command.line());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", path);
        Guardian guardian = new Guardian(builder.start());
        guardian.until(untilMillis);
        return guardian;
    }

    /** The task's output and error in the order it wrote them; ends when nothing of the task is left. */
    InputStream output() {
        return process.getInputStream();
    }

    void until(long uptimeMillis) {
        tell("until " + uptimeMillis / 10);
    }

    /** TERM to the whole tree at once, KILL after {@code grace}. */
    void terminate(Duration grace) {
        tell("term " + grace.toMillis() / 10);
    }

    void kill() {
        tell("kill");
    }

    /** Stops the whole tree where it is; {@link #isPaused} tells when it has come about. */
    void pause() {
        pauses++;
        tell("stop");
    }

    void resume() {
        tell("cont");
    }

    /** Whether nothing moves since the last {@link #pause}; empty while the guardian is still at it. */
    Optional<Boolean> isPaused() {
        InputStream said = process.getErrorStream();
        try {
            words.hear(said.readNBytes(said.available()));
        } catch (IOException gone) {
            // its exit tells
        }
        return words.answers() == pauses ? Optional.of(words.isStopped()) : Optional.empty();
    }

    /** Runs {@code action} once nothing of the task is left. */
    void onExit(Runnable action) {
        var unused = process.onExit().thenRun(action);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What became of the task; to be called after it exited. */
    Ending ending() {
        try {
            words.hear(process.getErrorStream().readAllBytes());
        } catch (IOException lost) {
            // what was heard before will do
        }
        return words.ending();
    }

    private void tell(String command) {
        try {
            commands.write((command + "\n").getBytes(StandardCharsets.US_ASCII));
            commands.flush();
        } catch (IOException gone) {
            // its exit tells
        }
    }

    /** How to call a guardian. */
    record GuardianCommand(
            DataDirectory data, Containment containment, AttemptDirectory attempt, Duration tick, String interpreter) {
        List<String> line() {
            String script = data.guardian().toString();
            String directory = attempt.path().toString();
            List<String> line = new ArrayList<>(List.of("setsid", "sh", script, "guard"));
            line.addAll(List.of(containment.kind().word, directory, attempt.key(), seconds(tick)));
            line.addAll(containment.command());
            line.addAll(List.of("sh", script, containment.kind().entry, directory, interpreter));
            return line;
        }

        private static String seconds(Duration tick) {
            long millis = tick.toMillis();
            return millis % 1000 == 0 ? Long.toString(millis / 1000) : Double.toString(millis / 1000.0);
        }
    }

    /**
     * @param started whether the task's program ran
     * @param status its exit status, 128 + signal if one ended it; null if it was ended by force
     * @param said the guardian's last words, for people
     */
    record Ending(boolean started, Integer status, String said) {}
}
