package io.yardmaster.worker;

import io.yardmaster.worker.Guardian.Ending;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What a guardian says of its task, line by line as it comes; see guardian.sh. */
final class GuardianWords {
    private static final int LONGEST_LINE = 8192;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int answers;
    private boolean stopped;
    private boolean started;
    private Integer status;
    private String last = "";

    void hear(byte[] more) {
        for (byte one : more) {
            if (one == '\n') {
                take();
            } else if (line.size() < LONGEST_LINE) {
                line.write(one);
            }
        }
    }

    private void take() {
        String said = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (said.equals("stopped") || said.equals("moving")) {
            answers++;
            stopped = said.equals("stopped");
        } else if (said.equals("started")) {
            started = true;
        } else if (said.matches("exit \\d{1,3}")) {
            status = Integer.valueOf(said.substring(5));
        } else if (!said.isBlank()) {
            last = said;
        }
    }

    /** How many times it was asked to stop the task and has. */
    int answers() {
        return answers;
    }

    /** Its last answer: whether nothing moves. */
    boolean isStopped() {
        return stopped;
    }

    /** What became of the task, when nothing more will be said. */
    Ending ending() {
        take();
        return new Ending(started, status, last);
    }
}
