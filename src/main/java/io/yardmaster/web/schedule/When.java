package io.yardmaster.web.schedule;

import java.util.Locale;

/**
 * When something happens, for people.
 *
 * @param expression as its author wrote it
 * @param zone whose clock is meant
 */
public record When(String expression, String zone) {
    /** The sentence that says it in {@code locale}'s language; null if it is not that simple. */
    public CronWords.Phrase phrase(Locale locale) {
        return CronWords.of(expression, locale).orElse(null);
    }
}
