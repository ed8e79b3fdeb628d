package io.yardmaster.worker;

import java.util.Map;

/** Values as a shell reads them back unchanged. */
final class ShellText {
    private ShellText() {}

    /** One {@code export} for each entry; names must be shell names. */
    static String exports(Map<String, String> environment) {
        StringBuilder text = new StringBuilder();
        environment.forEach((name, value) -> text.append("export ")
                .append(name)
                .append('=')
                .append(quoted(value))
                .append('\n'));
        return text.toString();
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }
}
