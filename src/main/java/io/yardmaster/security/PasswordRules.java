package io.yardmaster.security;

import io.yardmaster.database.Invalid;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Which passwords are accepted: long enough, any characters, not one that everybody tries first. */
final class PasswordRules {
    private static final int SHORTEST = 12;
    private static final int LONGEST = 128;
    private static final int FEWEST_CHARACTERS = 5;
    private static final Set<String> COMMON = load();

    private PasswordRules() {}

    /**
     * @param account whose it is to be
     * @throws Invalid for the field {@code password}, saying what would be right; never with the password itself
     */
    static void check(String password, String account) {
        String given = password == null ? "" : password;
        int length = given.codePointCount(0, given.length());
        if (length < SHORTEST || length > LONGEST) {
            throw refusal("invalid.password.length", SHORTEST, LONGEST, length);
        }
        String plain = given.toLowerCase(Locale.ROOT);
        if (plain.codePoints().distinct().count() < FEWEST_CHARACTERS) {
            throw refusal("invalid.password.few", FEWEST_CHARACTERS);
        }
        if (plain.contains(account) && length < account.length() + SHORTEST) {
            throw refusal("invalid.password.account");
        }
        if (isCommon(plain)) {
            throw refusal("invalid.password.common");
        }
    }

    /** Digits and signs put around a common password do not make it a good one. */
    private static boolean isCommon(String plain) {
        String bare = plain.replaceAll("^[^a-z]+|[^a-z]+$", "");
        return COMMON.contains(plain) || COMMON.contains(bare) || isSequence(plain);
    }

    private static boolean isSequence(String plain) {
        int steps = 0;
        for (int i = 1; i < plain.length(); i++) {
            int step = plain.charAt(i) - plain.charAt(i - 1);
            steps += Math.abs(step) <= 1 ? 1 : 0;
        }
        return steps >= plain.length() - 2;
    }

    private static Invalid refusal(String key, Object... arguments) {
        return new Invalid("password", null, key, arguments);
    }

    private static Set<String> load() {
        try (InputStream in = PasswordRules.class.getResourceAsStream("common-passwords.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
