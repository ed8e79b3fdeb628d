package io.yardmaster.web.queue;

import java.util.List;

/**
 * Where a list of waiting runs goes on. It stands in an address, so it names only a run that its reader may see, and counts
 * from there.
 *
 * @param orderKey of that run
 * @param position of that run, counted from 1
 * @param skip how many runs after it were listed too
 */
record QueuePlace(long orderKey, long run, long position, long skip) {
    private static final QueuePlace HEAD = new QueuePlace(Long.MIN_VALUE, 0, 0, 0);

    /** The head of the queue, if {@code text} is no place. */
    static QueuePlace of(String text) {
        if (!text.matches("-?[0-9]{1,19}\\.[0-9]{1,18}\\.[0-9]{1,9}\\.[0-9]{1,6}")) {
            return HEAD;
        }
        try {
            String[] parts = text.split("\\.", -1);
            return new QueuePlace(
                    Long.parseLong(parts[0]),
                    Long.parseLong(parts[1]),
                    Long.parseLong(parts[2]),
                    Long.parseLong(parts[3]));
        } catch (NumberFormatException tooLong) {
            return HEAD;
        }
    }

    /** Where it goes on after {@code shown}, which were listed from here. */
    QueuePlace after(List<WaitingRun> shown) {
        for (int last = shown.size() - 1; last >= 0; last--) {
            WaitingRun run = shown.get(last);
            if (run.seen()) {
                return new QueuePlace(run.orderKey(), run.id(), run.position(), shown.size() - 1L - last);
            }
        }
        return new QueuePlace(orderKey, run, position, skip + shown.size());
    }

    @Override
    public String toString() {
        return orderKey + "." + run + "." + position + "." + skip;
    }
}
