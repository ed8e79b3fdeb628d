package io.yardmaster.job;

import io.yardmaster.database.Invalid;
import io.yardmaster.database.Names;
import io.yardmaster.database.Text;
import io.yardmaster.task.NoopTask;
import io.yardmaster.task.ShellTask;
import io.yardmaster.task.Task;
import java.util.regex.Pattern;

/** What makes a draft a job that can run. */
public final class JobRules {
    private static final long LONGEST_TIMEOUT = 30L * 24 * 3600;
    private static final long LEAST_OUTPUT = 1024;
    private static final long MOST_OUTPUT = 1L << 30;
    public static final int HIGHEST_PRIORITY = 50;
    public static final long LONGEST_DEADLINE = 365L * 24 * 3600;
    private static final Pattern INTERPRETER = Pattern.compile("[A-Za-z0-9._/+-]{1,200}");

    private JobRules() {}

    /** Adds every problem of {@code draft}; whether its queue exists is the database's to say. */
    public static void check(JobDraft draft, Invalid.Problems problems) {
        Names.check(draft.namespace(), draft.name(), draft.description(), problems);
        check(draft.definition(), problems);
        LockNeedRules.check(draft.namespace(), draft.definition().locks(), problems);
        JobSignalRules.check(draft.definition().signals(), problems);
    }

    private static void check(JobDefinition definition, Invalid.Problems problems) {
        checkTask(definition.task(), problems);
        NeedRules.check(definition.need(), problems);
        Parameters.check("parameters", definition.parameters(), problems);
        checkSeconds("timeout", definition.timeout(), problems);
        long output = definition.outputLimit();
        problems.check(
                output >= LEAST_OUTPUT && output <= MOST_OUTPUT,
                "outputLimit",
                output,
                "invalid.output-limit",
                LEAST_OUTPUT,
                MOST_OUTPUT);
        checkSeconds("warnAfter", definition.rules().warnAfter(), problems);
        checkSeconds("expiresAfter", definition.rules().expiresAfter(), problems);
        if (definition.rules().overlap() != null) {
            OverlapRules.check(definition.rules().overlap(), problems);
        }
        if (definition.rules().retry() != null) {
            RetryRules.check(definition.rules().retry(), definition.delivery(), problems);
        }
        checkPriority(definition.rules().priority(), problems);
        checkDeadline("deadline", definition.rules().deadline(), problems);
    }

    /** That of a job, or of a run that somebody asks for; null is none. */
    public static void checkPriority(Integer priority, Invalid.Problems problems) {
        problems.check(
                priority != null && Math.abs((long) priority) <= HIGHEST_PRIORITY,
                "priority",
                priority,
                "invalid.range",
                -HIGHEST_PRIORITY,
                HIGHEST_PRIORITY);
    }

    /** Seconds of a deadline; null for none. */
    public static void checkDeadline(String field, Long deadline, Invalid.Problems problems) {
        problems.check(
                deadline == null || (deadline >= 0 && deadline <= LONGEST_DEADLINE),
                field,
                deadline,
                "invalid.deadline",
                LONGEST_DEADLINE);
    }

    private static void checkSeconds(String field, Long seconds, Invalid.Problems problems) {
        problems.check(
                seconds == null || (seconds >= 1 && seconds <= LONGEST_TIMEOUT),
                field,
                seconds,
                "invalid.timeout",
                LONGEST_TIMEOUT);
    }

    private static void checkTask(Task task, Invalid.Problems problems) {
        if (task == null) {
            problems.add("task", null, "invalid.task");
        } else if (task instanceof ShellTask shell) {
            checkShell(shell, problems);
        } else if (!(task instanceof NoopTask)) {
            throw new IllegalStateException("a kind of task without rules: " + task.getClass());
        }
    }

    private static void checkShell(ShellTask shell, Invalid.Problems problems) {
        String script = shell.script();
        problems.check(!script.isBlank(), "task.script", script, "invalid.script.empty");
        problems.check(
                script.length() <= ShellTask.SCRIPT_LIMIT,
                "task.script",
                script,
                "invalid.length",
                script.length(),
                ShellTask.SCRIPT_LIMIT);
        problems.check(Text.isStorable(script), "task.script", script, "invalid.unstorable");
        problems.check(
                INTERPRETER.matcher(shell.interpreter()).matches(),
                "task.interpreter",
                shell.interpreter(),
                "invalid.interpreter");
    }
}
