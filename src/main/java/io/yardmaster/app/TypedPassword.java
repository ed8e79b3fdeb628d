package io.yardmaster.app;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A password as it is told to a command: never among its arguments, which other users of the machine see. */
final class TypedPassword {
    private TypedPassword() {}

    /**
     * Asks twice on a terminal, without showing it; else reads one line.
     *
     * @param terminal null if there is none
     * @throws Refused if nothing is given, or the two differ
     */
    static String of(Console terminal, InputStream input, String account) {
        return terminal == null ? line(input) : asked(terminal, account);
    }

    private static String asked(Console terminal, String account) {
        char[] first = terminal.readPassword("New password of %s: ", account);
        char[] second = first == null ? null : terminal.readPassword("Once more: ");
        if (second == null) {
            throw new Refused("no password was given");
        }
        if (!Arrays.equals(first, second)) {
            throw new Refused("the two passwords differ: nothing was changed");
        }
        return new String(first);
    }

    private static String line(InputStream input) {
        try {
            String line = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8)).readLine();
            if (line == null) {
                throw new Refused("no password was given: it is read from the first line of the input");
            }
            return line;
        } catch (IOException failure) {
            throw new Refused("the password cannot be read: " + failure.getMessage(), failure);
        }
    }
}
