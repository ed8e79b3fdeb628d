package io.yardmaster.security;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.database.Invalid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

// S7
final class PasswordRulesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "nine trains left at dawn",
                "xK9#vQ2!mW7z",
                "四辆绿色的货车在黎明前出发了啊",
                "a space at the end ",
            })
    void good_ones_are_accepted(String password) {
        assertThatCode(() -> PasswordRules.check(password, "ada")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "elevenchars",
                "aaaaaaaaaaaa",
                "abababababab",
                "PasswordPassword",
                "password1234",
                "Password123!",
                "123456789012",
                "abcdefghijklm",
                "qwertyuiop12",
                "yardmasteradmin",
                "administrator-2026",
            })
    void weak_ones_are_refused(String password) {
        assertThatThrownBy(() -> PasswordRules.check(password, "administrator")).isInstanceOf(Invalid.class);
    }
}
