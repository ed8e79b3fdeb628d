package io.yardmaster.web.run;

import io.yardmaster.database.Conflict;
import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Missing;
import io.yardmaster.output.OutputReader;
import io.yardmaster.output.OutputSearch;
import io.yardmaster.output.OutputSearch.Found;
import io.yardmaster.output.OutputSearch.Wish;
import io.yardmaster.run.Run;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** Looks for text in outputs: few at a time, since each reads as fast as it can. */
public final class OutputLooking {
    static final int LONGEST_TEXT = 200;
    private static final int AT_ONCE = 2;
    private static final Duration MOST = Duration.ofSeconds(4);
    /** Read in one go, so that no transaction is long. */
    private static final int PIECE = 4 << 20;

    private final Semaphore places = new Semaphore(AT_ONCE);
    private final OutputSearch search = new OutputSearch(System::nanoTime, MOST);
    private final OutputReader output = new OutputReader();
    private final Database database;

    public OutputLooking(Database database) {
        this.database = database;
    }

    /**
     * What to look for, as it was typed.
     *
     * @param epoch of the attempt
     * @param exactly whether the case of ASCII letters counts
     */
    record Wanted(long epoch, String text, boolean exactly, long from, int limit) {
        Wish wish() {
            Invalid.Problems problems = new Invalid.Problems();
            problems.check(
                    !text.isEmpty() && text.length() <= LONGEST_TEXT,
                    "text",
                    text,
                    "invalid.output.text",
                    LONGEST_TEXT);
            problems.throwIfAny();
            return new Wish(text.getBytes(StandardCharsets.UTF_8), exactly, from, limit);
        }
    }

    /**
     * @throws Missing if the run had no such offer
     * @throws Conflict while as many look as may at once
     */
    Found look(Run run, Wanted wanted) {
        Wish wish = wanted.wish();
        OutputPlace.insist(run, wanted.epoch());
        if (!places.tryAcquire()) {
            throw new Conflict("conflict.output.search", AT_ONCE);
        }
        try {
            return search.search(
                    at -> database.inTransaction(
                            transaction -> output.page(transaction, run.id(), wanted.epoch(), at, PIECE)),
                    wish);
        } finally {
            places.release();
        }
    }
}
