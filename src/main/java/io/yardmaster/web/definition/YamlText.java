package io.yardmaster.web.definition;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes maps, lists and scalars as YAML that reads back as the very same text: plain where nothing can be taken for
 * something else, as a literal block where lines stay lines, else in double quotes. The common writers lose line
 * separators and leading blanks.
 */
final class YamlText {
    private static final String INDENT = "  ";
    private static final Pattern PLAIN =
            Pattern.compile("[\\p{L}\\p{N}_/.]([\\p{L}\\p{N} _/.,@+*?()='$%-]*[\\p{L}\\p{N}_/.,@+*?()='$%-])?");
    /** Numbers, dates, switches and nothing, as one reader or another understands them. */
    private static final Pattern AMBIGUOUS =
            Pattern.compile("(?i)true|false|yes|no|on|off|y|n|null|[0-9._+-][0-9a-fxo_.e+-]*|\\.inf|\\.nan");
    /** Several lines of what can be printed, the first beginning with neither blank nor line end. */
    private static final Pattern LINES =
            Pattern.compile("[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}][\\p{L}\\p{M}\\p{N}\\p{P}\\p{S} \\t\\n]*");

    private final StringBuilder out = new StringBuilder();

    private YamlText() {}

    static String of(Map<String, ?> fields) {
        YamlText text = new YamlText();
        text.fields(fields, "");
        return text.out.toString();
    }

    private void fields(Map<?, ?> fields, String indent) {
        String before = "";
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            out.append(before).append(inLine(field.getKey().toString())).append(':');
            value(field.getValue(), indent);
            before = indent;
        }
    }

    private void value(Object value, String indent) {
        if (value instanceof Map<?, ?> fields && !fields.isEmpty()) {
            out.append('\n').append(indent).append(INDENT);
            fields(fields, indent + INDENT);
        } else if (value instanceof List<?> items && !items.isEmpty()) {
            out.append('\n');
            items.forEach(item -> item(item, indent));
        } else if (value instanceof Map || value instanceof List) {
            out.append(value instanceof Map ? " {}\n" : " []\n");
        } else if (value instanceof String text
                && text.indexOf('\n') >= 0
                && LINES.matcher(text).matches()) {
            block(text, indent + INDENT);
        } else {
            out.append(' ')
                    .append(value instanceof String text ? inLine(text) : value.toString())
                    .append('\n');
        }
    }

    private void item(Object item, String indent) {
        out.append(indent).append("- ");
        if (item instanceof Map<?, ?> fields) {
            fields(fields, indent + INDENT);
        } else {
            out.append(inLine(item.toString())).append('\n');
        }
    }

    private void block(String text, String indent) {
        boolean ends = text.endsWith("\n");
        out.append(!ends ? " |-\n" : text.endsWith("\n\n") ? " |+\n" : " |\n");
        String lines = ends ? text.substring(0, text.length() - 1) : text;
        for (String line : lines.split("\n", -1)) {
            out.append(line.isEmpty() ? "" : indent).append(line).append('\n');
        }
    }

    private static String inLine(String text) {
        if (PLAIN.matcher(text).matches() && !AMBIGUOUS.matcher(text).matches()) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            quoted.append(escaped(text.charAt(i)));
        }
        return quoted.append('"').toString();
    }

    private static String escaped(char letter) {
        return switch (letter) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> mayStand(letter) ? String.valueOf(letter) : String.format("\\u%04x", (int) letter);
        };
    }

    private static boolean mayStand(char letter) {
        return (letter >= ' ' && letter < 0x7f) || Character.isLetterOrDigit(letter) || Character.isSurrogate(letter);
    }
}
