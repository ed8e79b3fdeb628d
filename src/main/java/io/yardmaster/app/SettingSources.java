package io.yardmaster.app;

import io.yardmaster.web.Nearest;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where settings may come from. All but the defaults may be empty; names are those that the source itself uses.
 *
 * @param flags of the command line, by key
 * @param system system properties, {@code yardmaster.} before the key
 * @param environment environment variables
 * @param context parameters of the servlet context, {@code yardmaster.} before the key
 */
record SettingSources(
        Map<String, String> flags,
        Map<String, String> system,
        Map<String, String> environment,
        Map<String, String> context) {
    private static final String PREFIX = "yardmaster.";
    private static final String VARIABLE = "YARDMASTER_";
    private static final String CONFIG = "config";
    /** Read by the launcher, or names the file itself. */
    private static final Set<String> NOT_SETTINGS = Set.of(CONFIG, "cache");
    /** What a task sees: it may itself start our commands. */
    private static final Set<String> OF_TASKS = Set.of(
            "RUN_ID", "JOB", "NAMESPACE", "ATTEMPT", "EPOCH", "NOMINAL_TIME", "OUTPUT", "NODE", "CONFIG", "CACHE");

    /** Of this process, with the flags of its command line. */
    static SettingSources ofProcess(Map<String, String> flags) {
        return new SettingSources(flags, systemProperties(), System.getenv(), Map.of());
    }

    static Map<String, String> systemProperties() {
        Map<String, String> found = new TreeMap<>();
        Properties properties = System.getProperties();
        properties.stringPropertyNames().forEach(name -> found.put(name, properties.getProperty(name)));
        return found;
    }

    /** @throws Refused on an unknown name or a value that does not fit */
    Settings settings() {
        Map<Setting, String> values = defaults();
        readFile(values);
        prefixed(context, "context parameter").forEach(values::put);
        values.putAll(ofEnvironment());
        prefixed(system, "system property").forEach(values::put);
        flags.forEach((key, value) -> {
            if (!key.equals(CONFIG)) {
                values.put(known(key, "flag --" + key), value);
            }
        });
        return new Settings(values);
    }

    static Map<Setting, String> defaults() {
        Properties file = new Properties();
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(
                        SettingSources.class.getResourceAsStream("/webapp-config/yardmaster.properties")),
                StandardCharsets.UTF_8)) {
            file.load(reader);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        file.stringPropertyNames()
                .forEach(key -> values.put(known(key, "yardmaster.properties"), file.getProperty(key)));
        return values;
    }

    private void readFile(Map<Setting, String> values) {
        List<String> named = Arrays.asList(
                flags.get(CONFIG),
                system.get(PREFIX + CONFIG),
                environment.get(VARIABLE + "CONFIG"),
                context.get(PREFIX + CONFIG));
        String name = named.stream().filter(Objects::nonNull).findFirst().orElse("");
        if (name.isEmpty()) {
            return;
        }
        Properties file = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(name))) {
            file.load(reader);
        } catch (MalformedInputException | IllegalArgumentException malformed) {
            throw new Refused("the file " + name + " (config) is not a properties file in UTF-8", malformed);
        } catch (IOException failure) {
            throw new Refused("the file " + name + " (config) cannot be read: " + failure, failure);
        }
        file.stringPropertyNames().forEach(key -> values.put(known(key, "file " + name), file.getProperty(key)));
    }

    private static Map<Setting, String> prefixed(Map<String, String> source, String kind) {
        Map<Setting, String> found = new LinkedHashMap<>();
        source.forEach((name, value) -> {
            String key = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : "";
            if (!key.isEmpty() && !NOT_SETTINGS.contains(key) && !key.startsWith("launcher.")) {
                found.put(known(key, kind + " " + name), value);
            }
        });
        return found;
    }

    private Map<Setting, String> ofEnvironment() {
        Map<String, Setting> names = new TreeMap<>();
        for (Setting setting : Setting.values()) {
            names.put(setting.environmentName(), setting);
        }
        Map<Setting, String> found = new LinkedHashMap<>();
        environment.forEach((name, value) -> {
            if (names.containsKey(name)) {
                found.put(names.get(name), value);
            } else if (name.startsWith(VARIABLE) && !OF_TASKS.contains(name.substring(VARIABLE.length()))) {
                throw new Refused(
                        "there is no setting for the environment variable " + name + meant(name, names.keySet()));
            }
        });
        return found;
    }

    private static Setting known(String key, String where) {
        return Setting.named(key).orElseThrow(() -> {
            List<String> keys =
                    Arrays.stream(Setting.values()).map(Setting::key).toList();
            return new Refused("there is no setting '" + key + "' (" + where + ")" + meant(key, keys));
        });
    }

    private static String meant(String wrong, Collection<String> names) {
        String near = Nearest.to(wrong, names);
        return near == null ? ": see yardmaster.properties for all names" : ": did you mean '" + near + "'?";
    }
}
