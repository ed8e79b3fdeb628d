package io.yardmaster.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class PasswordsTest {
    private static final String PASSWORD = "nine trains left at dawn";
    private static final Locale TURKISH = Locale.forLanguageTag("tr");

    private final Passwords passwords = new Passwords();

    // S7
    @Test
    void a_password_is_kept_as_argon2id_with_its_costs() {
        assertThat(passwords.hash(PASSWORD)).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    }

    @Test
    void a_machine_of_any_language_knows_a_hash_that_another_made() {
        String turkish = in(TURKISH, () -> passwords.hash(PASSWORD));
        String english = in(Locale.ENGLISH, () -> passwords.hash(PASSWORD));
        assertThat(in(Locale.ENGLISH, () -> passwords.fits(PASSWORD, turkish))).isTrue();
        assertThat(in(TURKISH, () -> passwords.fits(PASSWORD, english))).isTrue();
        assertThat(in(TURKISH, () -> passwords.fits("something else", english))).isFalse();
    }

    private static <T> T in(Locale language, Supplier<T> act) {
        Locale before = Locale.getDefault();
        Locale.setDefault(language);
        try {
            return act.get();
        } finally {
            Locale.setDefault(before);
        }
    }
}
