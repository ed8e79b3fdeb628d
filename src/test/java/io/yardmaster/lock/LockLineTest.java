package io.yardmaster.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.lock.LockLine.Place;
import io.yardmaster.lock.LockLine.Ticket;
import org.junit.jupiter.api.Test;

/** The rule of grants, as docs/adr/0006 has it. */
final class LockLineTest {
    private static final int ALL = 1_000_000;

    @Test
    void a_mutex_has_one_holder() {
        LockLine mutex = new LockLine(1, 0);
        assertThat(mutex.grants(at(1), 1)).isTrue();
        mutex.grant(at(1), 1);
        assertThat(mutex.grants(at(2), 1)).isFalse();
    }

    @Test
    void readers_share_and_a_writer_is_alone() {
        LockLine read = new LockLine(ALL, 3);
        assertThat(read.grants(at(1), 1)).isTrue();
        assertThat(read.grants(at(1), ALL)).isFalse();
        assertThat(new LockLine(ALL, ALL).grants(at(1), 1)).isFalse();
    }

    // R10
    @Test
    void no_reader_passes_a_waiting_writer_but_one_that_came_before_does() {
        LockLine line = new LockLine(ALL, 1);
        line.add(at(5), new Ticket(ALL, true));
        assertThat(line.grants(at(6), 1)).isFalse();
        assertThat(line.grants(at(4), 1)).isTrue();
    }

    // R10
    @Test
    void no_light_request_passes_a_heavy_one_that_waits_for_more_permits() {
        LockLine semaphore = new LockLine(5, 3);
        semaphore.add(at(1), new Ticket(4, true));
        assertThat(semaphore.grants(at(2), 1)).isFalse();
    }

    @Test
    void what_does_not_conflict_with_who_waits_may_pass() {
        LockLine semaphore = new LockLine(5, 0);
        semaphore.add(at(1), new Ticket(4, false));
        assertThat(semaphore.grants(at(2), 1)).isTrue();
        assertThat(semaphore.grants(at(2), 2)).isFalse();
    }

    @Test
    void its_own_ticket_is_in_nobodys_way() {
        LockLine mutex = new LockLine(1, 0);
        mutex.add(at(1), new Ticket(1, false));
        assertThat(mutex.grants(at(1), 1)).isTrue();
        mutex.grant(at(1), 1);
        assertThat(mutex.isWaitedFor()).isFalse();
    }

    @Test
    void who_fits_is_called_in_order_until_one_does_not() {
        LockLine line = new LockLine(3, 0);
        line.add(at(1), new Ticket(1, true));
        line.add(at(2), new Ticket(1, false));
        line.add(at(3), new Ticket(2, true));
        line.add(at(4), new Ticket(1, true));
        assertThat(line.callable(10)).containsExactly(1L);
        assertThat(new LockLine(3, 4).callable(10)).isEmpty();
    }

    @Test
    void ties_of_keys_go_by_run() {
        LockLine mutex = new LockLine(1, 0);
        mutex.add(new Place(7, 2), new Ticket(1, true));
        assertThat(mutex.grants(new Place(7, 1), 1)).isTrue();
        assertThat(mutex.grants(new Place(7, 3), 1)).isFalse();
    }

    // a semaphore made smaller than what is held of it
    @Test
    void of_a_lock_that_was_made_smaller_nothing_is_granted_until_enough_is_back() {
        LockLine shrunk = new LockLine(2, 3);
        assertThat(shrunk.grants(at(1), 1)).isFalse();
        assertThat(shrunk.isFull()).isTrue();
    }

    private static Place at(long key) {
        return new Place(key, key);
    }
}
