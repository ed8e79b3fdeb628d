package io.yardmaster.app;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Gives commands a flag for each setting that concerns them, named as the setting is. */
final class CommandFlags {
    private static final String CONFIG = "config";

    private CommandFlags() {}

    /** Adds flags for the settings whose names begin with one of {@code areas}. */
    static void add(CommandLine command, List<String> areas) {
        CommandSpec spec = command.getCommandSpec();
        spec.addOption(OptionSpec.builder("--" + CONFIG)
                .paramLabel("FILE")
                .type(String.class)
                .description("a file of settings")
                .build());
        Map<Setting, String> defaults = SettingSources.defaults();
        Arrays.stream(Setting.values())
                .filter(setting -> !setting.isSecret())
                .filter(setting -> areas.stream().anyMatch(setting.key()::startsWith))
                .forEach(setting -> spec.addOption(option(setting, defaults.get(setting))));
    }

    /** The settings of this process with the flags that {@code spec} was called with. */
    static Settings settings(CommandSpec spec) {
        Map<String, String> flags = new LinkedHashMap<>();
        spec.commandLine().getParseResult().matchedOptions().forEach(option -> {
            String key = option.longestName().substring(2);
            if (key.equals(CONFIG) || Setting.named(key).isPresent()) {
                flags.put(key, option.getValue());
            }
        });
        Settings settings = SettingSources.ofProcess(flags).settings();
        System.setProperty("YARDMASTER_LOG_LEVEL", settings.text(Setting.LOG_LEVEL));
        return settings;
    }

    private static OptionSpec option(Setting setting, String byDefault) {
        return OptionSpec.builder("--" + setting.key())
                .paramLabel("VALUE")
                .type(String.class)
                .description(byDefault.isEmpty() ? "" : "default: " + byDefault)
                .build();
    }
}
