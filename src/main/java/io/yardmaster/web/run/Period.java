package io.yardmaster.web.run;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** How far back a list goes. A day is what people look for, and what a look at millions of runs can afford. */
public enum Period {
    HOUR("1h", Duration.ofHours(1)),
    DAY("24h", Duration.ofDays(1)),
    WEEK("7d", Duration.ofDays(7)),
    MONTH("30d", Duration.ofDays(30)),
    ALL("all", null);

    private final String word;
    private final Duration length;

    Period(String word, Duration length) {
        this.word = word;
        this.length = length;
    }

    /** As the URL has it. */
    public String word() {
        return word;
    }

    /** Null for all. */
    Duration length() {
        return length;
    }

    static Optional<Period> of(String word) {
        return Arrays.stream(values())
                .filter(period -> period.word.equals(word))
                .findFirst();
    }
}
