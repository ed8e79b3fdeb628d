package io.yardmaster.app;

import io.yardmaster.node.NodeTerms;
import io.yardmaster.web.AddressRange;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What the values of a setting look like.
 *
 * @param right what would be right, to be read after "must be"
 */
record Form(Predicate<String> fits, String right) {
    static final Form TEXT = new Form(value -> true, "a text");
    static final Form FLAG = new Form(value -> value.equals("true") || value.equals("false"), "true or false");
    static final Form DURATION = new Form(
            value -> Pattern.matches("[0-9]{1,9}(ms|s|m|h|d)", value),
            "a number and a unit, as in 500ms, 30s, 10m, 12h, 7d");
    static final Form DAYS = new Form(value -> Pattern.matches("[1-9][0-9]{0,4}d", value), "whole days, as in 90d");
    static final Form DATABASE_URL = new Form(
            value -> value.isEmpty() || value.startsWith("jdbc:postgresql:"),
            "empty or begin with jdbc:postgresql:, as in jdbc:postgresql://localhost:5432/yardmaster");
    static final Form WEB_ADDRESS =
            new Form(value -> value.isEmpty() || isWeb(value), "a URL as in https://yardmaster.example.org");
    static final Form WEB_ADDRESSES = new Form(
            value -> Arrays.stream(value.split(",", -1)).map(String::strip).allMatch(Form::isWeb),
            "URLs separated by commas, as in https://one.example.org,https://two.example.org");

    static final Form IP_ADDRESSES = new Form(
            value -> value.isEmpty()
                    || Arrays.stream(value.split(",", -1))
                            .allMatch(address -> AddressRange.of(address).isPresent()),
            "IP addresses or ranges of them separated by commas, as in 10.0.0.2,10.244.0.0/16");

    static final Form LABELS = new Form(
            value -> value.isEmpty()
                    || NodeTerms.areLabels(Arrays.stream(value.split(",", -1))
                            .map(String::strip)
                            .toList()),
            "labels separated by commas, as in gpu,zone=a");

    static Form number(int least, int most) {
        return new Form(value -> isNumber(value, least, most), "a number from " + least + " to " + most);
    }

    static Form oneOf(String... values) {
        return new Form(
                value -> Arrays.asList(values).contains(value.toUpperCase(Locale.ROOT)),
                "one of " + String.join(", ", values));
    }

    private static boolean isNumber(String value, int least, int most) {
        if (!Pattern.matches("-?[0-9]{1,9}", value)) {
            return false;
        }
        int number = Integer.parseInt(value);
        return least <= number && number <= most;
    }

    private static boolean isWeb(String value) {
        try {
            URI address = URI.create(value);
            return address.getHost() != null
                    && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()));
        } catch (IllegalArgumentException broken) {
            return false;
        }
    }
}
