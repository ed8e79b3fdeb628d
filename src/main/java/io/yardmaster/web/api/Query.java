package io.yardmaster.web.api;

import io.yardmaster.database.Invalid;
import io.yardmaster.security.Caller;
import io.yardmaster.security.Permission;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads query parameters; every fault is gathered, so that the caller sees all at once. */
public final class Query {
    private static final int STANDARD_LIMIT = 50;
    private static final int GREATEST_LIMIT = 500;
    private static final int LONGEST_TEXT = 200;
    /** Greater ones overflow the database's own. */
    private static final int LAST_YEAR = 9999;

    private final Invalid.Problems problems = new Invalid.Problems();

    /** Rows of a page: 50 unless said. */
    public int limit(String given) {
        return (int) number("limit", given, 1, GREATEST_LIMIT, STANDARD_LIMIT);
    }

    public long number(String name, String given, long least, long greatest, long standard) {
        if (given == null) {
            return standard;
        }
        try {
            long number = given.startsWith("+") ? least - 1 : Long.parseLong(given);
            if (number >= least && number <= greatest) {
                return number;
            }
        } catch (NumberFormatException notOne) {
            // told below
        }
        problems.add(name, given, "invalid.range", least, greatest);
        return standard;
    }

    /** Null if not given. */
    public Instant instant(String name, String given) {
        try {
            OffsetDateTime time = given == null ? null : OffsetDateTime.parse(given);
            if (time == null || (time.getYear() >= 1 && time.getYear() <= LAST_YEAR)) {
                return time == null ? null : time.toInstant();
            }
        } catch (DateTimeException notOne) {
            // told below
        }
        problems.add(name, given, "invalid.instant");
        return null;
    }

    /** Text to search for; null if not given. */
    public String text(String name, String given) {
        if (given == null || given.isBlank()) {
            return null;
        }
        problems.check(
                given.length() <= LONGEST_TEXT && given.indexOf('\0') < 0,
                name,
                given,
                "invalid.text.limit",
                LONGEST_TEXT);
        return given;
    }

    /** One of {@code choices}; the first if not given. */
    public String choice(String name, String given, List<String> choices) {
        if (given == null) {
            return choices.get(0);
        }
        problems.check(choices.contains(given), name, given, "invalid.choice", choices);
        return given;
    }

    /** Constants by name, parted by commas; empty if none is given. */
    public <E extends Enum<E>> Set<E> choices(String name, String given, Class<E> kind) {
        Set<E> chosen = new LinkedHashSet<>();
        for (String word : given == null ? new String[0] : given.split(",", -1)) {
            Arrays.stream(kind.getEnumConstants())
                    .filter(constant -> constant.name().equals(word.strip()))
                    .findFirst()
                    .ifPresentOrElse(
                            chosen::add,
                            () -> problems.add(name, word, "invalid.choices", Arrays.asList(kind.getEnumConstants())));
        }
        return chosen;
    }

    /** The namespaces to list: the one asked for if the caller may view it, else all they may; null for all there are. */
    public static Set<String> namespaces(Caller caller, String asked) {
        if (asked != null) {
            return caller.may(Permission.VIEW, asked) && asked.indexOf('\0') < 0 ? Set.of(asked) : Set.of();
        }
        Set<String> mine = caller.namespaces(Permission.VIEW);
        return mine.contains(Caller.EVERYWHERE) ? null : mine;
    }

    /** @throws Invalid with all that was wrong, if anything was */
    public void end() {
        problems.throwIfAny();
    }
}
