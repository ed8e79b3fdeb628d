package io.yardmaster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgramTest {
    private static final int ENDED_BY_SIGINT = 130;

    @TempDir
    Path directory;

    /** As under {@code mvn verify &} in a script. */
    @Test
    void a_program_hears_ctrl_c_though_the_one_who_starts_it_does_not() throws IOException, InterruptedException {
        assumeThat(Program.canBeAttentive()).as("env --default-signal").isTrue();
        List<String> deaf = new ArrayList<>(List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
        deaf.addAll(Program.attentive(List.of("sh", "-c", "echo hears; exec sleep 60")));
        try (Program program = Program.run(directory, Map.of(), deaf)) {
            program.awaitOutput("hears").signal("INT");
            assertThat(program.awaitExit()).isEqualTo(ENDED_BY_SIGINT);
        }
    }
}
