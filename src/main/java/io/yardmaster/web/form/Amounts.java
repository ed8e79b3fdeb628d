package io.yardmaster.web.form;

import io.yardmaster.database.Invalid;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time and sizes as people write them: {@code 90}, {@code 15m}, {@code 1h 30m}; {@code 10 MiB}. */
public final class Amounts {
    private static final Pattern PART = Pattern.compile("\\s*([0-9]+)\\s*([A-Za-z]*)\\s*");
    private static final Pattern NEGATIVE = Pattern.compile("\\s*-[0-9]+\\s*");
    private static final Map<String, Long> SECONDS = new LinkedHashMap<>();
    private static final Map<String, Long> BYTES = new LinkedHashMap<>();

    static {
        // from the greatest, so that the first which divides is the shortest to read
        SECONDS.put("d", 86_400L);
        SECONDS.put("h", 3600L);
        SECONDS.put("m", 60L);
        SECONDS.put("s", 1L);
        BYTES.put("GiB", 1L << 30);
        BYTES.put("MiB", 1L << 20);
        BYTES.put("KiB", 1L << 10);
        BYTES.put("B", 1L);
    }

    private Amounts() {}

    /** Seconds; null for a blank, or for what cannot be read, which is added to {@code problems}. */
    public static Long seconds(String field, String typed, Invalid.Problems problems) {
        return amount(field, typed, SECONDS, "invalid.seconds", problems);
    }

    /** Bytes; null likewise. */
    public static Long bytes(String field, String typed, Invalid.Problems problems) {
        return amount(field, typed, BYTES, "invalid.bytes", problems);
    }

    /** A whole number that is not negative; null likewise. */
    public static Integer number(String field, String typed, Invalid.Problems problems) {
        Long found = amount(field, typed, Map.of("", 1L), "invalid.number", problems);
        if (found == null) {
            return null;
        }
        return (int) Math.min(found, Integer.MAX_VALUE);
    }

    /** A whole number that may be negative; null likewise. */
    public static Integer signed(String field, String typed, Invalid.Problems problems) {
        if (!typed.strip().startsWith("-")) {
            return number(field, typed, problems);
        }
        if (!NEGATIVE.matcher(typed).matches()) {
            problems.add(field, typed, "invalid.number");
            return null;
        }
        return -number(field, typed.strip().substring(1), problems);
    }

    /** A whole number from 1; 1 for what is not, a blank too, which is added to {@code problems} with {@code key}. */
    public static int positive(String field, String typed, String key, Invalid.Problems problems) {
        Integer found = number(field, typed, problems);
        boolean counts = found != null && found > 0;
        if (found != null || typed.isBlank()) {
            problems.check(counts, field, typed, key);
        }
        return counts ? found : 1;
    }

    /** As {@link #seconds} reads it: {@code 1h 30m}; empty for null. */
    public static String ofSeconds(Long seconds) {
        if (seconds == null) {
            return "";
        }
        StringBuilder written = new StringBuilder();
        long rest = seconds;
        for (Map.Entry<String, Long> unit : SECONDS.entrySet()) {
            if (rest >= unit.getValue()) {
                written.append(written.isEmpty() ? "" : " ")
                        .append(rest / unit.getValue())
                        .append(unit.getKey());
                rest %= unit.getValue();
            }
        }
        return written.isEmpty() ? "0s" : written.toString();
    }

    /** In the greatest unit that leaves no rest: {@code 10 MiB}; empty for null. */
    public static String ofBytes(Long bytes) {
        if (bytes == null) {
            return "";
        }
        return BYTES.entrySet().stream()
                .filter(unit -> bytes != 0 && bytes % unit.getValue() == 0)
                .findFirst()
                .map(unit -> bytes / unit.getValue() + " " + unit.getKey())
                .orElse(bytes + " B");
    }

    /** Only the last part goes without a unit: {@code 1 000} is one number to who types it. */
    private static Long amount(
            String field, String typed, Map<String, Long> units, String key, Invalid.Problems problems) {
        String text = typed.strip();
        if (text.isEmpty()) {
            return null;
        }
        BigInteger sum = BigInteger.ZERO;
        int end = 0;
        Matcher part = PART.matcher(text);
        while (end < text.length() && part.find(end) && part.start() == end) {
            Long unit = unit(part.group(2), units);
            if (unit == null || (part.group(2).isEmpty() && part.end() < text.length())) {
                break;
            }
            sum = sum.add(new BigInteger(part.group(1)).multiply(BigInteger.valueOf(unit)));
            end = part.end();
        }
        if (end < text.length()) {
            problems.add(field, typed, key);
            return null;
        }
        return sum.min(BigInteger.valueOf(Long.MAX_VALUE)).longValue();
    }

    private static Long unit(String name, Map<String, Long> units) {
        if (name.isEmpty()) {
            return 1L;
        }
        String wanted = name.toLowerCase(Locale.ROOT);
        return units.entrySet().stream()
                .filter(unit -> matches(unit.getKey().toLowerCase(Locale.ROOT), wanted))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /** {@code MiB}, {@code MB}, {@code M} and {@code m} are one size; of times only the letter counts. */
    private static boolean matches(String unit, String wanted) {
        return wanted.equals(unit)
                || (unit.endsWith("ib")
                        && (wanted.equals(unit.substring(0, 1)) || wanted.equals(unit.charAt(0) + "b")));
    }
}
