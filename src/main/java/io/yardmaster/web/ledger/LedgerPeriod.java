package io.yardmaster.web.ledger;

import io.yardmaster.database.Invalid;
import io.yardmaster.web.form.LocalTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;

/**
 * The time that is asked about, (from, through], within what is kept.
 *
 * @param choice one of the ready-made ones; null for a chosen range
 * @param shortened whether more was asked for than is kept
 */
public record LedgerPeriod(Instant from, Instant through, Choice choice, boolean shortened) {
    /** How far back. */
    public enum Choice {
        HOUR("1h", Duration.ofHours(1)),
        DAY("24h", Duration.ofDays(1)),
        WEEK("7d", Duration.ofDays(7));

        private final String word;
        private final Duration length;

        Choice(String word, Duration length) {
            this.word = word;
            this.length = length;
        }

        /** As the URL has it. */
        public String word() {
            return word;
        }

        static Optional<Choice> of(String word) {
            return Arrays.stream(values())
                    .filter(choice -> choice.word.equals(word))
                    .findFirst();
        }
    }

    /**
     * Since and until, local times in {@code zone}; if neither is said, so far back as the period's word says.
     *
     * @throws Invalid naming each word that means nothing
     */
    static LedgerPeriod read(LedgerQuery query, ZoneId zone, Instant now, Duration kept) {
        Invalid.Problems problems = new Invalid.Problems();
        String word = query.period();
        Choice choice = word.isEmpty() ? Choice.HOUR : Choice.of(word).orElse(null);
        problems.check(choice != null, "period", word, "invalid.choice", "1h, 24h, 7d");
        Instant from = LocalTime.read("since", query.since(), zone, problems);
        Instant through = LocalTime.read("until", query.until(), zone, problems);
        problems.throwIfAny();
        if (from == null && through == null) {
            return of(now.minus(choice.length), now, choice, now, kept);
        }
        Instant end = through == null ? now : through;
        return of(from == null ? end.minus(choice.length) : from, end, null, now, kept);
    }

    /** @param since null for an hour before {@code until}, which is now if null */
    static LedgerPeriod of(Instant since, Instant until, Instant now, Duration kept) {
        Instant through = until == null ? now : until;
        Instant from = since == null ? through.minus(Choice.HOUR.length) : since;
        return of(from, through, null, now, kept);
    }

    private static LedgerPeriod of(Instant from, Instant through, Choice choice, Instant now, Duration kept) {
        new Invalid.Problems()
                .check(from.isBefore(through), "until", through, "invalid.until.before-since")
                .throwIfAny();
        Instant oldest = now.minus(kept);
        boolean shortened = from.isBefore(oldest);
        Instant end = through.isAfter(now) ? now : through;
        return new LedgerPeriod(shortened ? oldest : from, end.isBefore(oldest) ? oldest : end, choice, shortened);
    }
}
