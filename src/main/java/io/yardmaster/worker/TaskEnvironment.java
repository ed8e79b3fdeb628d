package io.yardmaster.worker;

import io.yardmaster.protocol.Assignment;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The environment of a task: clean, so that nothing of the worker's own leaks into it. */
final class TaskEnvironment {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    /** Shells keep these for themselves and fail when they are set. */
    private static final Pattern RESERVED = Pattern.compile("YARDMASTER_.*|PPID|UID|EUID|BASHOPTS|SHELLOPTS|BASH_.*");

    private TaskEnvironment() {}

    /**
     * @param worker the worker's own environment
     * @throws BadTask if a parameter cannot be an environment variable
     */
    static Map<String, String> of(Assignment assignment, AttemptDirectory directory, Map<String, String> worker) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", worker.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin"));
        environment.put("HOME", worker.getOrDefault("HOME", "/"));
        environment.put("LANG", worker.getOrDefault("LANG", "C.UTF-8"));
        assignment.parameters().forEach((name, value) -> {
            check(name, value);
            environment.put(name, value);
        });
        environment.put("YARDMASTER_RUN_ID", assignment.ref().run());
        environment.put("YARDMASTER_JOB", assignment.namespace() + "/" + assignment.job());
        environment.put("YARDMASTER_ATTEMPT", Integer.toString(assignment.attempt()));
        environment.put("YARDMASTER_EPOCH", Long.toString(assignment.ref().epoch()));
        if (assignment.nominalTime() != null) {
            environment.put("YARDMASTER_NOMINAL_TIME", assignment.nominalTime());
        }
        assignment.tokens().forEach((lock, token) -> environment.put(tokenName(lock, assignment), token.toString()));
        environment.put("YARDMASTER_OUTPUT", directory.output().toString());
        environment.put("YARDMASTER_GUARD", directory.key());
        return environment;
    }

    /** As {@code YARDMASTER_LOCK_WAREHOUSE_TOKEN}; with its namespace if that is not the job's. */
    private static String tokenName(String lock, Assignment assignment) {
        String own = assignment.namespace() + "/";
        String name = lock.startsWith(own) ? lock.substring(own.length()) : lock;
        return "YARDMASTER_LOCK_" + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + "_TOKEN";
    }

    private static void check(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            throw new BadTask("parameter \"" + name
                    + "\" cannot be an environment variable: a name is of letters, digits and _, no digit first");
        }
        if (RESERVED.matcher(name).matches()) {
            throw new BadTask("parameter \"" + name + "\" has a reserved name: choose another");
        }
        if (value.indexOf('\0') >= 0) {
            throw new BadTask("parameter \"" + name + "\" holds a zero byte, which no environment can");
        }
    }
}
