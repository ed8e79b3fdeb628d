package io.yardmaster.web.ledger;

import io.yardmaster.database.Invalid;
import io.yardmaster.trigger.LedgerList;
import io.yardmaster.web.Query;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/**
 * What the page is asked for, word for word; empty for what is not said.
 *
 * @param job part of {@code namespace/name}
 * @param only {@code unaccounted}, or empty for all schedules
 * @param after {@code namespace/job/schedule} after which the page begins
 * @param before instant before which the page of one schedule's entries ends
 */
public record LedgerQuery(
        String job, String period, String since, String until, String only, String after, String before) {
    private static final String UNACCOUNTED = "unaccounted";
    private static final int LONGEST = 200;
    private static final Pattern PLACE = Pattern.compile("([^/\0]+)/([^/\0]+)/([^/\0]+)");

    static LedgerQuery of(MultivaluedMap<String, String> parameters) {
        return new LedgerQuery(
                word(parameters, "job"),
                word(parameters, "period"),
                word(parameters, "since"),
                word(parameters, "until"),
                word(parameters, "only"),
                word(parameters, "after"),
                word(parameters, "before"));
    }

    /** @throws Invalid naming each word that means nothing, beside those of the period */
    void check() {
        Invalid.Problems problems = new Invalid.Problems();
        problems.check(job.length() <= LONGEST && job.indexOf('\0') < 0, "job", job, "invalid.text.limit", LONGEST);
        problems.check(only.isEmpty() || onlyUnaccounted(), "only", only, "invalid.choice", UNACCOUNTED);
        problems.check(after.isEmpty() || PLACE.matcher(after).matches(), "after", after, "invalid.cursor");
        problems.check(before.isEmpty() || end() != null, "before", before, "invalid.cursor");
        problems.throwIfAny();
    }

    public boolean onlyUnaccounted() {
        return only.equals(UNACCOUNTED);
    }

    public boolean isFirstPage() {
        return after.isEmpty() && before.isEmpty();
    }

    public boolean isNarrow() {
        return !(job + only).isEmpty();
    }

    LedgerList.Place place() {
        var parts = PLACE.matcher(after);
        return parts.matches()
                ? new LedgerList.Place(parts.group(1), parts.group(2), parts.group(3))
                : LedgerList.Place.START;
    }

    /** Where the page of entries ends; null for the end of the period, and for what means nothing. */
    Instant end() {
        try {
            return before.isEmpty() ? null : Instant.parse(before);
        } catch (DateTimeParseException madeUp) {
            return null;
        }
    }

    /** The same from its beginning. */
    public String fromStart() {
        return query().toString();
    }

    /** The same period, for another page. */
    public String ofPeriod() {
        return Query.of("period", period)
                .and("since", since)
                .and("until", until)
                .toString();
    }

    String from(LedgerList.Place place) {
        return query().and("after", place.namespace() + "/" + place.job() + "/" + place.schedule())
                .toString();
    }

    String upTo(Object instant) {
        return query().and("before", instant).toString();
    }

    private Query query() {
        return Query.of("job", job)
                .and("period", period)
                .and("since", since)
                .and("until", until)
                .and("only", only);
    }

    private static String word(MultivaluedMap<String, String> parameters, String name) {
        String value = parameters.getFirst(name);
        return value == null ? "" : value.strip();
    }
}
