package io.yardmaster.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the program was told, checked. */
final class Settings {
    private final Map<Setting, String> values;

    /** @throws Refused if a value does not fit */
    Settings(Map<Setting, String> values) {
        this.values = new EnumMap<>(Setting.class);
        values.forEach((setting, value) -> {
            String stripped = value.strip();
            setting.check(stripped);
            this.values.put(setting, stripped);
        });
    }

    /** What {@link #handedOver} gave, on the other side. */
    static Settings takenOver(Map<String, String> handedOver) {
        Map<Setting, String> values = SettingSources.defaults();
        handedOver.forEach((key, value) -> values.put(Setting.named(key).orElseThrow(), value));
        return new Settings(values);
    }

    /** All values by key, for a web application that runs in a class loader of its own. */
    Map<String, String> handedOver() {
        Map<String, String> all = new TreeMap<>();
        values.forEach((setting, value) -> all.put(setting.key(), value));
        return all;
    }

    /** These settings but for one. */
    Settings with(Setting setting, String value) {
        Map<Setting, String> changed = new EnumMap<>(values);
        changed.put(setting, value);
        return new Settings(changed);
    }

    String text(Setting setting) {
        return values.get(setting);
    }

    boolean has(Setting setting) {
        return !text(setting).isEmpty();
    }

    int number(Setting setting) {
        return Integer.parseInt(text(setting));
    }

    boolean flag(Setting setting) {
        return Boolean.parseBoolean(text(setting));
    }

    /** What stands between commas; empty if nothing does. */
    List<String> list(Setting setting) {
        return has(setting)
                ? Arrays.stream(text(setting).split(",", -1)).map(String::strip).toList()
                : List.of();
    }

    Duration duration(Setting setting) {
        String value = text(setting);
        int digits = (int) value.chars().takeWhile(Character::isDigit).count();
        long amount = Long.parseLong(value.substring(0, digits));
        return switch (value.substring(digits)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    /** The value itself, else the only line of the file that the other setting names, else empty. */
    String secret(Setting value, Setting file) {
        if (has(value) || !has(file)) {
            return text(value);
        }
        try {
            return Files.readString(Path.of(text(file))).strip();
        } catch (IOException failure) {
            throw new Refused(file.key() + " is '" + text(file) + "', which cannot be read: " + failure, failure);
        }
    }

    Path dataDirectory() {
        if (has(Setting.DATA_DIRECTORY)) {
            return Path.of(text(Setting.DATA_DIRECTORY)).toAbsolutePath();
        }
        String common = System.getenv("XDG_DATA_HOME");
        Path base = common == null || common.isBlank()
                ? Path.of(System.getProperty("user.home"), ".local", "share")
                : Path.of(common).toAbsolutePath();
        return base.resolve("yardmaster");
    }
}
