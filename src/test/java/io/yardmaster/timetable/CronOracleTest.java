package io.yardmaster.timetable;

import io.yardmaster.timetable.ComparedCron.Dialect;
import io.yardmaster.timetable.ComparedCron.Policy;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every second around the clock changes of odd zones, against brute force. */
final class CronOracleTest {
    /** Instants of each dialect. */
    private static final long ENOUGH = 1_000_000;

    private static final int EXPRESSIONS = 400;
    private static final long DAY = 86_400;

    private static final List<Policy> POLICIES = Stream.concat(Stream.of((Gap) null), Arrays.stream(Gap.values()))
            .flatMap(gap -> Stream.concat(Stream.of((Overlap) null), Arrays.stream(Overlap.values()))
                    .map(overlap -> new Policy(gap, overlap)))
            .toList();

    private final Random random = new Random(20_26);
    private final GeneratedCron generated = new GeneratedCron(random);

    // R1 R2
    @ParameterizedTest
    @EnumSource
    void agrees_with_brute_force_around_every_clock_change_by_every_policy(Dialect dialect) {
        long compared = 0;
        while (compared < ENOUGH) {
            for (ClockChange change : ClockChange.all()) {
                for (Policy policy : POLICIES) {
                    compared += next(dialect).compare(change, policy, 2 * DAY);
                }
            }
        }
    }

    // R1
    @Test
    void agrees_with_brute_force_on_which_days_match() {
        for (int turn = 0; turn < EXPRESSIONS; turn++) {
            String[] drawn = generated.next().split(" ", 4);
            String quartz = "0 30 " + random.nextInt(24) + " " + drawn[3];
            new ComparedCron(Dialect.QUARTZ, quartz).compare(anywhere(), anyPolicy(), 500 * DAY);
            String unix = generated.nextUnix().replaceFirst("\\S+ \\S+", "30 " + random.nextInt(24));
            new ComparedCron(Dialect.UNIX, unix).compare(anywhere(), anyPolicy(), 500 * DAY);
        }
    }

    private ComparedCron next(Dialect dialect) {
        return new ComparedCron(dialect, dialect == Dialect.QUARTZ ? generated.next() : generated.nextUnix());
    }

    private ClockChange anywhere() {
        return new ClockChange(ZoneId.of("Europe/Berlin"), random.nextLong(1_577_836_800L, 2_145_916_800L));
    }

    private Policy anyPolicy() {
        return POLICIES.get(random.nextInt(POLICIES.size()));
    }
}
