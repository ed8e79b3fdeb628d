package io.yardmaster.trigger;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Transaction;
import io.yardmaster.queue.BackfillRuns;
import io.yardmaster.queue.BackfillRuns.BackfillInstant;
import io.yardmaster.queue.QueueRoom;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What one backfill needs next: more runs, or another state. */
final class BackfillStep {
    private static final Actor SERVER = Actor.system("backfill");

    /**
     * Index {@code backfill_instant_under_way}. While they are held no run of theirs can end, so that the failure of one is
     * either seen before others are started or comes after.
     */
    private static final String HOLD_STARTED = """
            SELECT count(*) FROM (
                SELECT FROM backfill_instant WHERE backfill_id = :id AND state = 'STARTED' ORDER BY place FOR SHARE) started
            """;

    /** Indexes {@code backfill_instant_failed}, {@code backfill_instant_pending}. */
    private static final String STANDING = """
            SELECT (SELECT count(*) FROM backfill_instant WHERE backfill_id = :id AND state = 'FAILED') AS failed,
                   EXISTS (SELECT FROM backfill_instant WHERE backfill_id = :id AND state = 'PENDING') AS pending
            """;

    /** Index {@code backfill_instant_pending}. */
    private static final String START = """
            WITH next AS MATERIALIZED (
                SELECT place, next_id() AS run FROM (
                    SELECT place FROM backfill_instant WHERE backfill_id = :id AND state = 'PENDING'
                    ORDER BY place LIMIT :room) ordered
            )
            UPDATE backfill_instant i SET state = 'STARTED', run_id = next.run
            FROM next WHERE i.backfill_id = :id AND i.place = next.place
            RETURNING i.run_id, i.nominal_at, i.adjustment
            """;

    /** How many of its instants have failed, and whether any is left. */
    private record Standing(int failed, boolean pending) {}

    void take(Transaction transaction, long id) {
        HeldBackfill.hold(transaction, id).ifPresent(held -> {
            boolean goesOn = held.state() == BackfillState.RUNNING || held.state() == BackfillState.PAUSED;
            if (held.archived() && (goesOn || held.state() == BackfillState.STOPPED)) {
                abandon(transaction, held);
            } else if (goesOn) {
                goOn(transaction, held);
            } else {
                BackfillRows.endIfCancelled(transaction, id);
            }
        });
    }

    private static void goOn(Transaction transaction, HeldBackfill held) {
        int started = transaction
                .sql()
                .createQuery(HOLD_STARTED)
                .bind("id", held.id())
                .mapTo(Integer.class)
                .one();
        Standing standing = standing(transaction, held.id());
        if (held.stopOnFailure() && standing.failed() > held.failuresAccepted()) {
            BackfillRows.become(transaction, held.id(), BackfillState.STOPPED);
        } else if (started == 0 && !standing.pending()) {
            BackfillRows.become(transaction, held.id(), BackfillState.FINISHED);
        } else if (held.state() == BackfillState.RUNNING && standing.pending()) {
            int room = held.parallelism() - started;
            Integer left = held.limited() ? QueueRoom.left(transaction, held.queue()) : null;
            start(transaction, held, left == null ? room : Math.min(room, left));
        }
    }

    private static Standing standing(Transaction transaction, long id) {
        return transaction
                .sql()
                .createQuery(STANDING)
                .bind("id", id)
                .map((row, context) -> new Standing(row.getInt("failed"), row.getBoolean("pending")))
                .one();
    }

    private static void start(Transaction transaction, HeldBackfill held, int room) {
        if (room <= 0) {
            return;
        }
        List<BackfillInstant> started = transaction
                .sql()
                .createQuery(START)
                .bind("id", held.id())
                .bind("room", room)
                .map((row, context) -> new BackfillInstant(
                        row.getLong("run_id"), Timetables.instant(row, "nominal_at"), row.getString("adjustment")))
                .stream()
                .sorted(Comparator.comparingLong(BackfillInstant::run))
                .toList();
        BackfillRuns.enqueue(transaction, new BackfillRuns.Batch(held.id(), held.job(), held.parameters(), started));
    }

    /** Of an archived job no run can be born; those that there are go on to their ends, as its other runs do. */
    private static void abandon(Transaction transaction, HeldBackfill held) {
        BackfillRows.cancelling(transaction, held.id(), SERVER.name());
        BackfillRows.endIfCancelled(transaction, held.id());
        Map<String, String> why = Map.of("why", "the job is archived");
        held.record(transaction, "backfill.cancel", why, SERVER);
    }
}
