package io.yardmaster.dispatch;

import io.yardmaster.dispatch.ReadyRuns.Found;
import io.yardmaster.lock.Claimant;
import io.yardmaster.lock.LockGrants;
import java.util.List;
import java.util.Set;

/**
 * What keeps ready runs from going, though nodes have room: first their locks, then their job's permits, so that what waits for a lock
 * uses no permit up that another run of the job could have.
 *
 * @param later needs that no node has room for at the moment, of which the first run is seen all the same
 */
record Passes(LockGrants locks, Permits permits, Set<Long> later) {
    /** @return of {@code found}, ready runs in their order which are locked, those that may go */
    List<Found> pass(List<Found> found) {
        Set<Long> granted = locks.pass(found.stream()
                .filter(one -> one.claim() != null)
                .map(this::claimant)
                .toList());
        return permits.pass(found.stream()
                .filter(one -> one.claim() == null || granted.contains(one.ref().run()))
                .toList());
    }

    /** Whether nobody was blocked by the last pass, so that there are no others behind. */
    boolean areClear() {
        return locks.isClear() && permits.blocked() == 0;
    }

    /** Whether all was decided on. */
    boolean areWhole() {
        return locks.isWhole() && permits.isWhole();
    }

    private Claimant claimant(Found one) {
        boolean seatable = !later.contains(one.need());
        return new Claimant(one.ref().run(), one.ref().epoch() + 1, one.claim(), one.key(), seatable);
    }
}
