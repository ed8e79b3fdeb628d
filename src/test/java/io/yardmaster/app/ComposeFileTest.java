package io.yardmaster.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What can be said of {@code docker-compose.yml} without an engine. */
final class ComposeFileTest {
    private JsonNode services;

    @BeforeEach
    void read() throws IOException {
        services = new YAMLMapper()
                .readTree(Path.of("docker-compose.yml").toFile())
                .path("services");
    }

    @Test
    void each_variable_of_ours_is_a_setting_with_a_value_that_fits() {
        Set<String> known =
                Arrays.stream(Setting.values()).map(Setting::environmentName).collect(Collectors.toSet());
        assertThat(variables()).isNotEmpty().allSatisfy(variable -> {
            assertThat(known).contains(variable.name());
            Arrays.stream(Setting.values())
                    .filter(setting -> setting.environmentName().equals(variable.name()))
                    .forEach(setting -> setting.check(variable.value()));
        });
    }

    @Test
    void each_service_waits_for_services_that_there_are() {
        services.properties()
                .forEach(service -> service.getValue()
                        .path("depends_on")
                        .fieldNames()
                        .forEachRemaining(
                                name -> assertThat(services.has(name)).as(name).isTrue()));
    }

    @Test
    void what_is_mounted_from_here_is_here() {
        services.forEach(service -> service.path("volumes").forEach(volume -> {
            String source = volume.textValue().split(":", 2)[0];
            assertThat(!source.startsWith("./") || Files.exists(Path.of(source)))
                    .as(source)
                    .isTrue();
        }));
        JsonNode build = services.path("migrate").path("build");
        assertThat(Path.of(build.path("dockerfile").textValue())).exists();
    }

    @Test
    void each_worker_is_given_the_time_that_it_may_take_to_stop() {
        Settings defaults = new SettingSources(Map.of(), Map.of(), Map.of(), Map.of()).settings();
        Duration longest = defaults.duration(Setting.WORKER_DRAIN_TIME).plus(LocalWorker.STOP_MARGIN);
        List<JsonNode> workers = new ArrayList<>();
        services.forEach(workers::add);
        workers.removeIf(service -> !service.path("command").asText().equals("worker"));
        assertThat(workers).isNotEmpty().allSatisfy(worker -> {
            String given = worker.path("stop_grace_period").textValue();
            assertThat(defaults.with(Setting.WORKER_DRAIN_TIME, given).duration(Setting.WORKER_DRAIN_TIME))
                    .isGreaterThan(longest);
        });
    }

    private record Variable(String name, String value) {}

    private List<Variable> variables() {
        List<Variable> found = new ArrayList<>();
        services.forEach(service -> service.path("environment").properties().forEach(variable -> {
            if (variable.getKey().startsWith("YARDMASTER_")) {
                found.add(new Variable(variable.getKey(), variable.getValue().asText()));
            }
        }));
        return found;
    }
}
