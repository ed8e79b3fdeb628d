package io.yardmaster.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class MessagesTest {
    private static final Path TEMPLATES = Path.of("src/main/resources/templates");
    private static final Pattern KEY = Pattern.compile("#\\{([a-z0-9.-]+)[(}]");
    private static final Pattern REFUSAL = Pattern.compile("\"((?:invalid|conflict)[.][a-z0-9.-]*[a-z0-9])\"");
    private static final String CRON = "second|minute|hour|day-of-month|month|day-of-week|year";
    private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
    private static final Pattern TAG = Pattern.compile("<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>");

    @Test
    void both_languages_have_the_same_keys() throws IOException {
        assertThat(words("messages_zh_CN.properties").stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(
                        words("messages.properties").stringPropertyNames());
    }

    @Test
    void both_languages_take_the_same_arguments() throws IOException {
        Properties english = words("messages.properties");
        Properties chinese = words("messages_zh_CN.properties");
        for (String key : english.stringPropertyNames()) {
            assertThat(arguments(chinese.getProperty(key))).as(key).isEqualTo(arguments(english.getProperty(key)));
            assertThat(english.getProperty(key).replace("''", "")).as(key).doesNotContain("'");
            assertThat(chinese.getProperty(key)).as(key).doesNotContain("'");
        }
    }

    @Test
    void templates_use_keys_that_exist() throws IOException {
        Set<String> known = words("messages.properties").stringPropertyNames();
        for (Path template : templates()) {
            Matcher keys = KEY.matcher(Files.readString(template));
            while (keys.find()) {
                assertThat(known).as(template.toString()).contains(keys.group(1));
            }
        }
    }

    @Test
    void refusals_use_keys_that_exist_and_every_key_of_theirs_is_used() throws IOException {
        Set<String> used = new TreeSet<>();
        for (Path source : files(Path.of("src/main/java"), ".java")) {
            Matcher keys = REFUSAL.matcher(Files.readString(source));
            while (keys.find()) {
                used.add(keys.group(1));
            }
        }
        Set<String> known = new TreeSet<>(words("messages.properties").stringPropertyNames());
        // one for each field of a cron expression, made of its label
        known.removeIf(key ->
                !key.matches("(invalid|conflict)[.].*") || key.matches("invalid[.](cron|unix)[.](" + CRON + ")"));
        assertThat(used).isEqualTo(known);
    }

    @Test
    void templates_have_no_words_of_their_own() throws IOException {
        for (Path template : templates()) {
            String bare = COMMENT.matcher(Files.readString(template)).replaceAll("");
            String text = TAG.matcher(bare).replaceAll(" ");
            assertThat(text.strip()).as(template.toString()).doesNotContainPattern("\\p{L}");
        }
    }

    @Test
    void templates_have_no_inline_style_or_script() throws IOException {
        for (Path template : templates()) {
            assertThat(Files.readString(template))
                    .as(template.toString())
                    .doesNotContainPattern(
                            "\\sstyle=|th:style|<style|\\son[a-z]+=|hx-on|th:utext|<script(?![^>]*th:src)");
        }
    }

    private static List<Path> templates() throws IOException {
        return files(TEMPLATES, ".html");
    }

    private static List<Path> files(Path root, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(path -> path.toString().endsWith(ending)).toList();
        }
    }

    private static Set<String> arguments(String pattern) {
        assertThat(new MessageFormat(pattern, Locale.ROOT).getFormats()).isNotNull();
        Set<String> found = new TreeSet<>();
        Matcher numbers = Pattern.compile("\\{(\\d)").matcher(pattern);
        while (numbers.find()) {
            found.add(numbers.group(1));
        }
        return found;
    }

    private static Properties words(String resource) throws IOException {
        Properties properties = new Properties();
        try (InputStreamReader in = new InputStreamReader(
                MessagesTest.class.getClassLoader().getResourceAsStream(resource), StandardCharsets.UTF_8)) {
            properties.load(in);
        }
        return properties;
    }
}
