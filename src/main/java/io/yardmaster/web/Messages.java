package io.yardmaster.web;

import io.yardmaster.database.Said;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;

/** All words of the console, by key and language. */
final class Messages {
    private final Map<Language, Properties> words = new EnumMap<>(Language.class);

    Messages() {
        for (Language language : Language.values()) {
            words.put(language, load(language.resource()));
        }
    }

    /** The message of {@code key} with {@code arguments}; the key itself if nobody wrote it, so that the gap shows. */
    String say(Language language, String key, Object... arguments) {
        String pattern = words.get(language).getProperty(key);
        return pattern == null ? key : new MessageFormat(pattern, language.locale()).format(arguments);
    }

    String say(Language language, Said said) {
        return said.in(key -> words.get(language).getProperty(key, key));
    }

    boolean knows(String key) {
        return words.get(Language.ENGLISH).containsKey(key);
    }

    private static Properties load(String resource) {
        try (InputStream in = Messages.class.getClassLoader().getResourceAsStream(resource)) {
            Properties properties = new Properties();
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return properties;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
