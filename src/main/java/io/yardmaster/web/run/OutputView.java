package io.yardmaster.web.run;

import io.yardmaster.database.Transaction;
import io.yardmaster.output.OutputPage;
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
        long run = view.run().id();
        OutputReader output = new OutputReader();
        OutputWish wish = place.wish(output.total(transaction, run, attempt.epoch()), !attempt.isUnderWay());
        OutputPage page = output.page(transaction, run, attempt.epoch(), wish.from(), wish.limit());
        OutputWindow window = OutputWindow.of(page, wish, place.style());
        return new OutputView(attempt, window, !window.hasLater() || place.isTail());
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
