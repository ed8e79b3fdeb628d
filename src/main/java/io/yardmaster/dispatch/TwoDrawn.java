package io.yardmaster.dispatch;

import java.util.List;

/** Of two nodes drawn by the run's id and epoch, the one with the fewer slots in use: near the best without herds. */
final class TwoDrawn implements Rating {
    private Seat one;
    private Seat other;

    @Override
    public void begin(ReadyRun run, List<Seat> open) {
        // drawn from an order of their own: the seats' begins where the last batch stopped
        List<Seat> seats = open.stream()
                .sorted((a, b) -> Integer.compare(a.place(), b.place()))
                .toList();
        long draw = Hashes.mix(run.ref().run(), run.ref().epoch());
        int first = (int) Long.remainderUnsigned(draw, seats.size());
        int step = seats.size() == 1 ? 0 : 1 + (int) Long.remainderUnsigned(Hashes.mix(draw, 1), seats.size() - 1L);
        one = seats.get(first);
        other = seats.get((first + step) % seats.size());
    }

    @Override
    public double rate(ReadyRun run, Seat seat) {
        return seat == one || seat == other ? -seat.used() : Double.NEGATIVE_INFINITY;
    }
}
