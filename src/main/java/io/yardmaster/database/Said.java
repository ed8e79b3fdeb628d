package io.yardmaster.database;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.function.UnaryOperator;

/**
 * A sentence for users that is not put into words yet: the console says it in the viewer's language, programs and logs
 * get {@link #english}.
 *
 * @param key of the message in {@code messages.properties}
 * @param arguments texts, or sentences themselves
 */
public record Said(String key, List<Object> arguments) {
    /** Characters of a text that is put into a sentence: who gave more knows what it was. */
    private static final int LONGEST_ARGUMENT = 1_000;

    public static Said of(String key, Object... arguments) {
        return new Said(key, Arrays.stream(arguments).map(Said::argument).toList());
    }

    /** @param patterns gives the {@link MessageFormat} of a key */
    public String in(UnaryOperator<String> patterns) {
        Object[] words = arguments.stream()
                .map(argument -> argument instanceof Said said ? said.in(patterns) : argument)
                .toArray();
        return new MessageFormat(patterns.apply(key), Locale.ROOT).format(words);
    }

    public String english() {
        ResourceBundle words = ResourceBundle.getBundle("messages", Locale.ROOT);
        return in(key -> words.containsKey(key) ? words.getString(key) : key);
    }

    /** Numbers become digits without separators, as they are to be typed. */
    private static Object argument(Object given) {
        return given instanceof Said ? given : shortened(String.valueOf(given));
    }

    private static String shortened(String text) {
        if (text.length() <= LONGEST_ARGUMENT) {
            return text;
        }
        int end =
                Character.isHighSurrogate(text.charAt(LONGEST_ARGUMENT - 1)) ? LONGEST_ARGUMENT - 1 : LONGEST_ARGUMENT;
        return text.substring(0, end) + "…";
    }
}
