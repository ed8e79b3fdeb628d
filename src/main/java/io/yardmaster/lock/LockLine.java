package io.yardmaster.lock;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What is held of one lock, and who waits for it in which order. The one rule of all grants is {@link #grants}; it is fair, since
 * whoever waits keeps his units from all behind him.
 *
 * <p>Source: a queue of requests under conservative two-phase locking, with units in place of modes (Bernstein, Hadzilacos, Goodman 1987,
 * section 3.5).
 */
final class LockLine {
    /** Lower first. */
    record Place(long key, long run) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byKey = Long.compare(key, other.key);
            return byKey != 0 ? byKey : Long.compare(run, other.run);
        }
    }

    /** @param refused whether its run is to be called once the lock would grant it */
    record Ticket(int units, boolean refused) {}

    private final int capacity;
    private final NavigableMap<Place, Ticket> tickets;
    private long held;

    /**
     * @param capacity in units
     * @param held in units, at the moment possibly more than {@code capacity}
     */
    LockLine(int capacity, long held) {
        this(capacity, held, new TreeMap<>());
    }

    private LockLine(int capacity, long held, NavigableMap<Place, Ticket> tickets) {
        this.capacity = capacity;
        this.held = held;
        this.tickets = tickets;
    }

    LockLine copy() {
        return new LockLine(capacity, held, new TreeMap<>(tickets));
    }

    /** Adds a ticket that counts. */
    void add(Place place, Ticket ticket) {
        tickets.put(place, ticket);
    }

    boolean isWaitedFor() {
        return !tickets.isEmpty();
    }

    /** Whether nobody behind the last of the tickets can be granted anything. */
    boolean isFull() {
        return held + sum(tickets) >= capacity;
    }

    /** Whether a run in that place may have {@code units}; with or without a ticket of its own. */
    boolean grants(Place place, int units) {
        return held + sum(tickets.headMap(place, false)) + units <= capacity;
    }

    /** Whether there are {@code units} that nobody has, whoever waits for them. */
    boolean hasRoom(int units) {
        return held + units <= capacity;
    }

    /** The run in that place has {@code units} from now on. */
    void grant(Place place, int units) {
        tickets.remove(place);
        held += units;
    }

    /** The runs that were refused and would be granted now, at most {@code most}, in order. */
    List<Long> callable(int most) {
        List<Long> runs = new ArrayList<>();
        long through = held;
        for (var ticket : tickets.entrySet()) {
            through += ticket.getValue().units();
            if (through > capacity || runs.size() == most) {
                break;
            }
            if (ticket.getValue().refused()) {
                runs.add(ticket.getKey().run());
            }
        }
        return runs;
    }

    private static long sum(NavigableMap<Place, Ticket> tickets) {
        return tickets.values().stream().mapToLong(Ticket::units).sum();
    }
}
