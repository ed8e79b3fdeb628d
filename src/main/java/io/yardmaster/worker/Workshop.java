package io.yardmaster.worker;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What every attempt works with.
 *
 * @param environment of the worker itself
 * @param uptime milliseconds of the machine's uptime
 */
record Workshop(
        WorkerSettings settings,
        DataDirectory data,
        Containment containment,
        Interpreters interpreters,
        Map<String, String> environment,
        LongSupplier uptime) {
    static Workshop in(DataDirectory data, WorkerSettings settings, Map<String, String> environment) {
        Interpreters interpreters = new Interpreters(settings.interpreters(), path(environment));
        return new Workshop(settings, data, Containment.probe(), interpreters, environment, Machine::uptimeMillis);
    }

    String path() {
        return path(environment);
    }

    private static String path(Map<String, String> environment) {
        return environment.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
    }
}
