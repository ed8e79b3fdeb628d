package io.yardmaster.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.lock.Claim.Part;
import io.yardmaster.lock.LockWorld.Run;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * R7, R8, R10: an exhaustive explorer. From the start of a small world every step that the product can commit is taken in every state that
 * is reached by any of them: dispatch with any of the locks' rows at hand and any of the runs finding a node, ends, offers that lapse, nodes
 * that are lost, runs that are held, calls that come to nothing, a queue that is paused, conditions that are set and signalled.
 */
final class LockModelTest {
    private static final int WRITE = 1_000_000;

    static Stream<LockWorld> worlds() {
        return Stream.of(
                new LockWorld(List.of(of(0, 1), of(0, 1), of(0, 1)), 1),
                new LockWorld(List.of(of(0, 1), of(0, WRITE), of(0, 1), of(0, WRITE)), WRITE),
                new LockWorld(List.of(of(0, 2), of(0, 3), of(0, 1), of(0, 1)), 3),
                // the philosophers: each pair of neighbours shares a lock
                new LockWorld(List.of(of(0, 1, 1, 1), of(1, 1, 2, 1), of(0, 1, 2, 1)), 1, 1, 1),
                new LockWorld(List.of(of(0, 1, 1, WRITE), of(0, 1), of(1, 1), of(1, 1)), 1, WRITE),
                new LockWorld(
                        List.of(with(await("open"), of(1, 1)), of(1, 1), with(await(null), of(1, 1))),
                        LockWorld.CONDITION,
                        1),
                new LockWorld(
                        List.of(List.of(await("open")), List.of(await(null)), List.of(await("!open"))),
                        LockWorld.CONDITION));
    }

    private static Part await(String when) {
        return new Part(0, 0, new Claim.Wait(when, null, null));
    }

    private static List<Part> with(Part first, List<Part> others) {
        return Stream.concat(Stream.of(first), others.stream()).toList();
    }

    /** Locks and units by turns. */
    private static List<Part> of(int... parts) {
        return IntStream.range(0, parts.length / 2)
                .mapToObj(i -> new Part(parts[2 * i], parts[2 * i + 1]))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void no_double_grant_no_lost_wake_up_and_no_deadlock(LockWorld start) {
        Set<String> seen = new HashSet<>();
        Deque<LockWorld> unexplored = new ArrayDeque<>(List.of(start));
        seen.add(start.asText());
        while (!unexplored.isEmpty()) {
            for (LockWorld next : steps(unexplored.pop())) {
                if (seen.add(next.asText())) {
                    assertSound(next);
                    unexplored.push(next);
                }
            }
        }
        assertThat(seen).hasSizeGreaterThan(50);
    }

    private static void assertSound(LockWorld world) {
        String as = world.asText();
        for (int lock = 0; lock < world.locks(); lock++) {
            if (world.isCondition(lock)) {
                assertThat(world.hasCalledAll(lock)).as("forgotten: " + as).isTrue();
                continue;
            }
            assertThat(world.held(lock)).as(as).isLessThanOrEqualTo(world.capacity(lock));
            assertThat(world.line(lock).callable(1)).as("forgotten: " + as).isEmpty();
        }
        for (int run = 0; run < world.size(); run++) {
            assertThat(world.run(run) != Run.BLOCKED || world.isRemembered(run))
                    .as(as)
                    .isTrue();
        }
        assertThat(comesToAnEnd(world.copy())).as("deadlock: " + as).isTrue();
    }

    /** Whether all ends if from now on nodes have room and nothing more goes wrong. */
    private static boolean comesToAnEnd(LockWorld world) {
        world.pause(false);
        IntStream.range(0, world.size())
                .filter(run -> world.run(run) == Run.HELD)
                .forEach(run -> world.end(run, Run.READY));
        Set<Long> all = LongStream.range(0, world.locks()).boxed().collect(Collectors.toSet());
        for (int round = 0; round <= 4 * world.size(); round++) {
            IntStream.range(0, world.size())
                    .filter(run -> world.run(run) == Run.ON_NODE)
                    .forEach(run -> world.end(run, Run.ENDED));
            boolean open = round % 2 == 0;
            conditions(world).forEach(condition -> {
                world.set(condition, open);
                world.signal(condition, world.size());
            });
            world.dispatch(all, IntStream.range(0, world.size()).boxed().collect(Collectors.toSet()));
        }
        return IntStream.range(0, world.size()).allMatch(run -> world.run(run) == Run.ENDED);
    }

    private static List<LockWorld> steps(LockWorld world) {
        List<LockWorld> next = new ArrayList<>();
        subsets(LongStream.range(0, world.locks()).boxed().toList())
                .forEach(rows -> subsets(Arrays.stream(world.ready()).boxed().toList())
                        .forEach(seats -> step(next, world, one -> one.dispatch(rows, seats))));
        for (int i = 0; i < world.size(); i++) {
            int run = i;
            switch (world.run(run)) {
                case ON_NODE ->
                    Stream.of(Run.ENDED, Run.READY, Run.HELD)
                            .forEach(becoming -> step(next, world, one -> one.end(run, becoming)));
                case READY, BLOCKED ->
                    Stream.of(Run.ENDED, Run.HELD)
                            .forEach(becoming -> step(next, world, one -> one.end(run, becoming)));
                case HELD -> step(next, world, one -> one.end(run, Run.READY));
                default -> {}
            }
            step(next, world, one -> one.lapse(run));
        }
        step(next, world, one -> one.pause(!world.isPaused()));
        conditions(world).forEach(condition -> {
            step(next, world, one -> one.set(condition, true));
            step(next, world, one -> one.set(condition, false));
            step(next, world, one -> one.signal(condition, 1));
            step(next, world, one -> one.signal(condition, world.size()));
        });
        return next;
    }

    private static IntStream conditions(LockWorld world) {
        return IntStream.range(0, world.locks()).filter(world::isCondition);
    }

    private static void step(List<LockWorld> next, LockWorld world, Consumer<LockWorld> step) {
        LockWorld after = world.copy();
        step.accept(after);
        next.add(after);
    }

    private static <T> List<Set<T>> subsets(List<T> of) {
        return IntStream.range(0, 1 << of.size())
                .mapToObj(bits -> IntStream.range(0, of.size())
                        .filter(i -> (bits >> i & 1) == 1)
                        .mapToObj(of::get)
                        .collect(Collectors.toSet()))
                .toList();
    }
}
