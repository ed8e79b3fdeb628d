package io.yardmaster.worker;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The programs that a script may ask for.
 *
 * @param allowed names
 * @param path where they are looked for, as in {@code PATH}
 */
record Interpreters(List<String> allowed, String path) {
    /** @throws BadTask if it is not allowed here or not installed */
    Path find(String name) {
        if (!allowed.contains(name)) {
            throw new BadTask(
                    "interpreter \"" + name + "\" is not allowed on this node: it has " + String.join(", ", allowed));
        }
        for (String directory : path.split(Pattern.quote(File.pathSeparator), -1)) {
            Path program = Path.of(directory.isEmpty() ? "." : directory).resolve(name);
            if (Files.isRegularFile(program) && Files.isExecutable(program)) {
                return program.toAbsolutePath();
            }
        }
        throw new BadTask("interpreter \"" + name + "\" is not installed on this node: it is not on its PATH " + path);
    }
}
