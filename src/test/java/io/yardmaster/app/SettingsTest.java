package io.yardmaster.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsTest {
    private static final Map<String, String> NONE = Map.of();

    @Test
    void the_documented_file_lists_every_setting_with_a_default_that_fits() {
        assertThat(SettingSources.defaults().keySet()).containsExactlyElementsOf(Arrays.asList(Setting.values()));
        Settings defaults = new SettingSources(NONE, NONE, NONE, NONE).settings();
        assertThat(defaults.number(Setting.SERVER_PORT)).isEqualTo(8080);
        assertThat(defaults.duration(Setting.WORKER_DRAIN_TIME)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void flags_win_over_properties_over_environment_over_context_over_file(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("my.properties"), "server.port=1001\n");
        Map<String, String> context = Map.of("yardmaster.config", file.toString());
        assertThat(port(NONE, NONE, NONE, context)).isEqualTo(1001);
        context = Map.of("yardmaster.config", file.toString(), "yardmaster.server.port", "1002");
        assertThat(port(NONE, NONE, NONE, context)).isEqualTo(1002);
        Map<String, String> environment = Map.of("YARDMASTER_SERVER_PORT", "1003");
        assertThat(port(NONE, NONE, environment, context)).isEqualTo(1003);
        Map<String, String> system = Map.of("yardmaster.server.port", "1004");
        assertThat(port(NONE, system, environment, context)).isEqualTo(1004);
        assertThat(port(Map.of("server.port", "1005"), system, environment, context))
                .isEqualTo(1005);
    }

    @Test
    void an_unknown_name_is_refused_with_the_name_that_was_meant() {
        assertThatThrownBy(() -> port(NONE, Map.of("yardmaster.server.prot", "1"), NONE, NONE))
                .isInstanceOf(Refused.class)
                .hasMessage("there is no setting 'server.prot' (system property yardmaster.server.prot): "
                        + "did you mean 'server.port'?");
        assertThatThrownBy(() -> port(NONE, NONE, Map.of("YARDMASTER_DATABSE_URL", "x"), NONE))
                .hasMessage("there is no setting for the environment variable YARDMASTER_DATABSE_URL: "
                        + "did you mean 'YARDMASTER_DATABASE_URL'?");
    }

    @Test
    void a_value_that_does_not_fit_is_refused_with_what_would() {
        assertThatThrownBy(() -> port(Map.of("server.port", "70000"), NONE, NONE, NONE))
                .hasMessage("server.port is '70000' but must be a number from 1 to 65535");
        assertThatThrownBy(() -> port(Map.of("worker.drain-time", "30 s"), NONE, NONE, NONE))
                .hasMessageStartingWith("worker.drain-time is '30 s' but must be a number and a unit");
        assertThatThrownBy(() -> port(Map.of("worker.servers", "ftp://x"), NONE, NONE, NONE))
                .hasMessageContaining("must be URLs separated by commas");
        assertThatThrownBy(() -> port(Map.of("database.url", "jdbc:mysql://x"), NONE, NONE, NONE))
                .hasMessageContaining("begin with jdbc:postgresql:");
    }

    @Test
    void what_a_task_sees_and_the_launcher_reads_is_no_setting() {
        Map<String, String> environment =
                Map.of("YARDMASTER_RUN_ID", "1", "YARDMASTER_CACHE", "x", "YARDMASTER_EPOCH", "2");
        assertThat(port(NONE, Map.of("yardmaster.launcher.war", "x"), environment, NONE))
                .isEqualTo(8080);
    }

    @Test
    void a_secret_may_stand_in_a_file(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("secret"), "word\n");
        Settings settings =
                new SettingSources(Map.of("database.password-file", file.toString()), NONE, NONE, NONE).settings();
        assertThat(settings.secret(Setting.DATABASE_PASSWORD, Setting.DATABASE_PASSWORD_FILE))
                .isEqualTo("word");
    }

    @Test
    void a_missing_file_of_settings_is_named() {
        assertThatThrownBy(() -> port(Map.of("config", "not-there.properties"), NONE, NONE, NONE))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("not-there.properties");
    }

    @Test
    void settings_survive_being_handed_over() {
        Settings given = new SettingSources(Map.of("server.port", "1005"), NONE, NONE, NONE).settings();
        assertThat(Settings.takenOver(given.handedOver()).handedOver()).isEqualTo(given.handedOver());
    }

    private static int port(
            Map<String, String> flags,
            Map<String, String> system,
            Map<String, String> environment,
            Map<String, String> context) {
        return new SettingSources(flags, system, environment, context)
                .settings()
                .number(Setting.SERVER_PORT);
    }
}
