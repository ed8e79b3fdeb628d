package io.yardmaster.worker;

import io.yardmaster.protocol.RunRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * What one attempt has on disk while it runs: {@code script}, {@code environment}, {@code output} for its results,
 * {@code work}, where it begins, and for a moment {@code task}, of the guardian.
 *
 * @param path owner-only
 * @param key the mark of its processes
 */
record AttemptDirectory(Path path, String key) {
    static AttemptDirectory create(DataDirectory data, RunRef ref) throws IOException {
        Path path = data.attempts().resolve(ref.run() + "-" + ref.epoch());
        Trees.delete(path);
        OwnerOnly.directory(path.resolve("work"));
        OwnerOnly.create(path.resolve("output"), new byte[0]);
        // the dot ends the number: 7-1 must not be found when 7-12 is looked for
        return new AttemptDirectory(path, Leftovers.keyPrefix(data.root()) + ref.run() + "-" + ref.epoch() + ".");
    }

    Path output() {
        return path.resolve("output");
    }

    void write(String script, Map<String, String> environment) throws IOException {
        OwnerOnly.create(path.resolve("script"), script.getBytes(StandardCharsets.UTF_8));
        OwnerOnly.create(
                path.resolve("environment"), ShellText.exports(environment).getBytes(StandardCharsets.UTF_8));
    }

    void delete() throws IOException {
        Trees.delete(path);
    }
}
