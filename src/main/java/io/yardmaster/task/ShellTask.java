package io.yardmaster.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;

/**
 * A script for an interpreter of the node.
 *
 * @param script the script's text, up to {@value #SCRIPT_LIMIT} characters; reaches the interpreter as a file, so
 *     parameters are never spliced into it
 * @param interpreter program that gets the script's file as its argument; {@code sh} if absent
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ShellTask(String script, String interpreter) implements Task {
    public static final int SCRIPT_LIMIT = 262_144;

    public ShellTask {
        script = Objects.requireNonNullElse(script, "");
        interpreter = Objects.requireNonNullElse(interpreter, "sh");
    }

    @Override
    public boolean canPause() {
        return true;
    }
}
