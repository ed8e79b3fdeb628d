package io.yardmaster.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class RunStateTest {
    private static final Pattern ARROW = Pattern.compile("^\\s+([A-Z_]+) --> ([A-Z_]+)", Pattern.MULTILINE);

    @Test
    void nothing_leaves_a_final_state() {
        for (RunState from : RunState.values()) {
            boolean anyExit = Arrays.stream(RunState.values()).anyMatch(from::canBecome);
            assertThat(anyExit).as("%s can become something", from).isEqualTo(!from.isFinal());
        }
    }

    @Test
    void the_page_of_run_states_draws_exactly_the_moves_that_are_allowed() throws IOException {
        Set<String> drawn = new TreeSet<>();
        Matcher arrows = ARROW.matcher(Files.readString(Path.of("docs/run-states.md")));
        while (arrows.find()) {
            drawn.add(arrows.group(1) + " to " + arrows.group(2));
        }
        Set<String> allowed = new TreeSet<>();
        for (RunState from : RunState.values()) {
            Arrays.stream(RunState.values()).filter(from::canBecome).forEach(to -> allowed.add(from + " to " + to));
        }
        assertThat(drawn).isEqualTo(allowed);
    }
}
