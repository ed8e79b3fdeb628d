package io.yardmaster.lock;

import io.yardmaster.lock.Claim.Part;
import io.yardmaster.lock.LockDecision.Refusal;
import io.yardmaster.lock.LockDecision.Wish;
import io.yardmaster.lock.LockLine.Place;
import io.yardmaster.lock.LockLine.Ticket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A small world of runs and locks, moved in the steps that the product commits: what the tables hold is in plain maps, what is decided is
 * decided by the product's own rule. A lock of no capacity is a condition with one variable. Run 0 has the lowest key. Even runs are of a queue that may be paused.
 */
final class LockWorld {
    static final int CONDITION = 0;

    enum Run {
        HELD,
        READY,
        BLOCKED,
        ON_NODE,
        ENDED
    }

    /** A row of {@code lock_ticket}. */
    record Row(int units, boolean refused, boolean live, boolean called) {
        Row refuse(boolean now) {
            return new Row(units, now, true, false);
        }
    }

    private final List<List<Part>> claims;
    private final int[] capacities;
    private final Run[] runs;
    private final List<TreeMap<Integer, Row>> tickets = new ArrayList<>();
    private final boolean[] open;
    private boolean paused;

    LockWorld(List<List<Part>> claims, int... capacities) {
        this.claims = claims;
        this.capacities = capacities;
        this.runs = new Run[claims.size()];
        this.open = new boolean[capacities.length];
        Arrays.fill(runs, Run.READY);
        Arrays.stream(capacities).forEach(lock -> tickets.add(new TreeMap<>()));
    }

    LockWorld copy() {
        LockWorld copy = new LockWorld(claims, capacities);
        System.arraycopy(runs, 0, copy.runs, 0, runs.length);
        System.arraycopy(open, 0, copy.open, 0, open.length);
        for (int lock = 0; lock < capacities.length; lock++) {
            copy.tickets.get(lock).putAll(tickets.get(lock));
        }
        copy.paused = paused;
        return copy;
    }

    /** Equal worlds say the same. */
    String asText() {
        return Arrays.toString(runs) + tickets + Arrays.toString(open) + paused;
    }

    Run run(int run) {
        return runs[run];
    }

    int size() {
        return runs.length;
    }

    /** Runs that the dispatcher would look at, in order. */
    int[] ready() {
        return IntStream.range(0, runs.length)
                .filter(run -> runs[run] == Run.READY && !(paused && run % 2 == 0))
                .toArray();
    }

    /**
     * @param rows the locks that the dispatcher has
     * @param seats the runs that nodes have room for
     */
    void dispatch(Set<Long> rows, Set<Integer> seats) {
        LockView view = new LockView();
        rows.forEach(lock -> look(view, lock.intValue()));
        List<Wish> wishes = Arrays.stream(ready())
                .mapToObj(run -> new Wish(place(run), claims.get(run), true))
                .toList();
        LockDecision made = LockDecision.of(view, wishes, Set.of());
        made.refusals().stream().map(one -> (int) one.place().run()).distinct().forEach(this::block);
        made.refusals().forEach(this::refuse);
        made.passed().stream().map(Long::intValue).filter(seats::contains).forEach(this::seat);
        rows.forEach(lock -> walk(lock.intValue()));
    }

    private void look(LockView view, int lock) {
        if (!isCondition(lock)) {
            view.lines().put((long) lock, line(lock));
            return;
        }
        view.variables().put((long) lock, variables(lock));
        tickets.get(lock).forEach((run, row) -> {
            if (!row.refused() && wait(lock, run).when() == null) {
                view.passes().add(new LockView.Pass(lock, run));
            }
        });
    }

    /** A condition is set. */
    void set(int lock, boolean now) {
        open[lock] = now;
        waiters(lock).filter(run -> wait(lock, run).holds(variables(lock))).forEach(run -> callAt(lock, run));
    }

    /** It is signalled, or broadcast. */
    void signal(int lock, int most) {
        waiters(lock)
                .filter(run -> wait(lock, run).when() == null || wait(lock, run).holds(variables(lock)))
                .limit(most)
                .forEach(run -> callAt(lock, run));
    }

    private Stream<Integer> waiters(int lock) {
        return List.copyOf(tickets.get(lock).entrySet()).stream()
                .filter(row -> row.getValue().refused())
                .map(Map.Entry::getKey);
    }

    private void callAt(int lock, int run) {
        tickets.get(lock).computeIfPresent(run, (key, row) -> new Row(row.units(), false, row.live(), row.called()));
        if (runs[run] == Run.BLOCKED) {
            runs[run] = Run.READY;
        }
    }

    private Variables variables(int lock) {
        return Variables.of(Map.of("open", Boolean.toString(open[lock])));
    }

    private Claim.Wait wait(int lock, int run) {
        return claims.get(run).stream()
                .filter(part -> part.lock() == lock)
                .findFirst()
                .orElseThrow()
                .awaited();
    }

    boolean isCondition(int lock) {
        return capacities[lock] == CONDITION;
    }

    /** Whether nobody waits there for what holds. */
    boolean hasCalledAll(int lock) {
        return waiters(lock).noneMatch(run -> wait(lock, run).holds(variables(lock)));
    }

    private void block(int run) {
        runs[run] = Run.BLOCKED;
        tickets.forEach(line -> line.computeIfPresent(run, (key, row) -> row.refuse(false)));
    }

    private void refuse(Refusal one) {
        tickets.get((int) one.part().lock())
                .put((int) one.place().run(), new Row(one.part().units(), true, true, false));
    }

    private void seat(int run) {
        runs[run] = Run.ON_NODE;
        tickets.forEach(line -> line.remove(run));
    }

    /** Ends what runs or waits; it may come back to wait for another node. */
    void end(int run, Run becoming) {
        runs[run] = becoming;
        tickets.forEach(line -> line.remove(run));
        walkAll();
    }

    /** A call that no node took. @return whether there was one */
    boolean lapse(int run) {
        if (tickets.stream()
                .noneMatch(line -> line.containsKey(run)
                        && line.get(run).live()
                        && line.get(run).called())) {
            return false;
        }
        tickets.forEach(line ->
                line.computeIfPresent(run, (key, row) -> new Row(row.units(), row.refused(), false, row.called())));
        walkAll();
        return true;
    }

    void pause(boolean now) {
        paused = now;
        for (TreeMap<Integer, Row> line : tickets) {
            line.replaceAll((run, row) -> run % 2 == 1 || (!now && row.called())
                    ? row
                    : new Row(row.units(), row.refused(), !now, row.called()));
        }
        walkAll();
    }

    boolean isPaused() {
        return paused;
    }

    private void walkAll() {
        IntStream.range(0, capacities.length).forEach(this::walk);
    }

    private void walk(int lock) {
        if (isCondition(lock)) {
            return;
        }
        for (long called : line(lock).callable(Integer.MAX_VALUE)) {
            int run = (int) called;
            tickets.get(lock).computeIfPresent(run, (key, row) -> new Row(row.units(), false, row.live(), true));
            if (runs[run] == Run.BLOCKED) {
                runs[run] = Run.READY;
            }
        }
    }

    /** As {@link LockLines} reads it. */
    LockLine line(int lock) {
        LockLine line = new LockLine(capacities[lock], held(lock));
        tickets.get(lock).forEach((run, row) -> {
            if (row.live()) {
                line.add(place(run), new Ticket(row.units(), row.refused()));
            }
        });
        return line;
    }

    long held(int lock) {
        return IntStream.range(0, runs.length)
                .filter(run -> runs[run] == Run.ON_NODE)
                .mapToLong(run -> claims.get(run).stream()
                        .filter(part -> part.lock() == lock)
                        .mapToInt(Part::units)
                        .sum())
                .sum();
    }

    int locks() {
        return capacities.length;
    }

    int capacity(int lock) {
        return capacities[lock];
    }

    /** Whether something will call it: a lock that refuses it still, where it counts or will when its queue goes on. */
    boolean isRemembered(int run) {
        return tickets.stream()
                .anyMatch(line -> line.containsKey(run)
                        && line.get(run).refused()
                        && (line.get(run).live() || (paused && run % 2 == 0)));
    }

    private static Place place(int run) {
        return new Place(run, run);
    }
}
