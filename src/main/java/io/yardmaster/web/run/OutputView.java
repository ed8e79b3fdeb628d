package io.yardmaster.web.run;

import io.yardmaster.database.Transaction;
import io.yardmaster.output.OutputReader;

/**
 * An attempt's output as its run's page shows it.
 *
 * @param attempt null if there was none yet
 * @param window null likewise
 * @param atEnd whether the page shows the end and goes on with it
 */
record OutputView(AttemptLine attempt, OutputWindow window, boolean atEnd) {
    static OutputView of(Transaction transaction, RunView view, OutputPlace place) {
        AttemptLine attempt = view.attempt(place.epoch());
        if (attempt == null) {
            return new OutputView(null, null, true);
        }
        Source source = new Source(transaction, view.run().id(), attempt.epoch());
        OutputWish wish = place.wish(source.total(), !attempt.isUnderWay());
        OutputWindow window = source.window(wish, place.style());
        while (place.isTail() && window.isCutShort(wish)) {
            wish = wish.shorterTail();
            window = source.window(wish, place.style());
        }
        return new OutputView(attempt, window, place.isTail() || !window.hasLater());
    }

    /** One attempt's output in one transaction. */
    private record Source(Transaction transaction, long run, long epoch) {
        private static final OutputReader OUTPUT = new OutputReader();

        long total() {
            return OUTPUT.total(transaction, run, epoch);
        }

        OutputWindow window(OutputWish wish, TextStyle style) {
            return OutputWindow.of(OUTPUT.page(transaction, run, epoch, wish.from(), wish.limit()), wish, style);
        }
    }

    /** Whether more will come. */
    public boolean isGrowing() {
        return attempt == null || attempt.isUnderWay();
    }

    /** Whether the last bytes may have been lost with the node. */
    public boolean mayLackItsEnd() {
        return attempt != null && attempt.isLost() && !window.hasLater();
    }
}
