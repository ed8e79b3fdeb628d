package io.yardmaster.web.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import io.yardmaster.queue.Moving;
import io.yardmaster.queue.Queue;
import io.yardmaster.queue.RunAct;
import io.yardmaster.queue.RunOrder;
import io.yardmaster.run.RunFilter;
import io.yardmaster.run.RunState;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is already as an act would make it is not counted as changed. */
final class BulkPreviewIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Queue.class);

    private Database database;
    private RunFilter all;
    private List<Long> runs;

    @BeforeEach
    void waiting(Database given) {
        database = given;
        long job = Yard.in(POSTGRES, yard -> yard.job("shop", "j" + System.nanoTime()));
        all = RunFilter.any().ofJob(job);
        runs = Yard.in(POSTGRES, yard -> List.of(yard.queued(job), yard.queued(job), yard.queued(job)));
    }

    @Test
    void what_is_in_the_target_of_a_move_stays() {
        long siding = Yard.in(POSTGRES, yard -> yard.queue("shop", "siding"));
        database.useTransaction(transaction -> new Moving().move(transaction, runs.subList(0, 1), siding));
        BulkPreview preview = read(RunAct.MOVE, all.without(siding, null));
        assertThat(preview.lines())
                .containsExactly(
                        new BulkPreview.Line(RunState.QUEUED, 2, false, true),
                        new BulkPreview.Line(RunState.QUEUED, 1, false, false));
        assertThat(preview.changes()).isEqualTo(2);
        assertThat(preview.first()).hasSize(2);
    }

    @Test
    void what_has_the_priority_already_stays() {
        database.useTransaction(transaction -> RunOrder.reprioritise(transaction, runs, 7));
        assertThat(read(RunAct.PRIORITY, all.without(null, 7)).changes()).isZero();
        assertThat(read(RunAct.PRIORITY, all.without(null, 8)).changes()).isEqualTo(3);
    }

    private BulkPreview read(RunAct act, RunFilter changeable) {
        return database.inTransaction(transaction -> BulkPreview.read(transaction, act, all, changeable));
    }
}
