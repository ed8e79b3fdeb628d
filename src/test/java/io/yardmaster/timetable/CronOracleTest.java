package io.yardmaster.timetable;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every second around the clock changes of odd zones, against brute force. */
final class CronOracleTest {
    private static final List<String> ZONES = List.of(
            "America/New_York",
            "Europe/Berlin",
            "Australia/Lord_Howe",
            "America/Santiago",
            "Africa/Cairo",
            "Africa/Casablanca",
            "Asia/Kolkata",
            "Pacific/Apia",
            "Antarctica/Troll");
    private static final long ENOUGH = 1_000_000;
    private static final int EXPRESSIONS = 400;
    private static final long DAY = 86_400;

    private static final List<Gap> GAPS = List.of(Gap.values());
    private static final List<Overlap> OVERLAPS = List.of(Overlap.values());

    private final Random random = new Random(20_26);
    private final GeneratedCron generated = new GeneratedCron(random);

    // R1 R2
    @Test
    void agrees_with_brute_force_around_every_clock_change() {
        agree(Dialect.QUARTZ);
    }

    // R1 R2
    @Test
    void agrees_with_brute_force_in_the_dialect_of_crontab() {
        agree(Dialect.UNIX);
    }

    // R1
    @Test
    void agrees_with_brute_force_on_which_days_match() {
        for (int turn = 0; turn < EXPRESSIONS; turn++) {
            String[] drawn = generated.next().split(" ", 4);
            compare(anywhere(), new Cron(Dialect.QUARTZ, "0 30 " + random.nextInt(24) + " " + drawn[3]), 500 * DAY);
            String unix = generated.nextUnix().replaceFirst("\\S+ \\S+", "30 " + random.nextInt(24));
            compare(anywhere(), new Cron(Dialect.UNIX, unix), 500 * DAY);
        }
    }

    private void agree(Dialect dialect) {
        long compared = 0;
        List<Change> changes = changes();
        int turn = 0;
        for (; compared < ENOUGH || turn < Math.max(EXPRESSIONS, changes.size()); turn++) {
            String expression = dialect == Dialect.QUARTZ ? generated.next() : generated.nextUnix();
            compared += compare(changes.get(turn % changes.size()), new Cron(dialect, expression), 2 * DAY);
        }
        assertThat(compared).isGreaterThanOrEqualTo(ENOUGH);
    }

    private Change anywhere() {
        return new Change(ZoneId.of("Europe/Berlin"), random.nextLong(1_577_836_800L, 2_145_916_800L));
    }

    private int compare(Change change, Cron cron, long around) {
        Gap gap = random.nextBoolean() ? null : GAPS.get(random.nextInt(3));
        Overlap overlap = random.nextBoolean() ? null : OVERLAPS.get(random.nextInt(3));
        Occurrences occurrences = cron.occurrences(change.zone, gap, overlap);
        long from = change.second - around;
        long to = change.second + around;
        List<Long> found =
                occurrences.between(Instant.ofEpochSecond(from), Instant.ofEpochSecond(to), Integer.MAX_VALUE).stream()
                        .map(occurrence -> occurrence.at().getEpochSecond())
                        .toList();
        assertThat(found)
                .as(
                        "%s in %s, gap %s, overlap %s, around %s",
                        cron, change.zone, gap, overlap, Instant.ofEpochSecond(change.second))
                .isEqualTo(cron.oracle(gap, overlap).between(from, to, change.zone));
        return found.size();
    }

    private List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        for (String zone : ZONES) {
            ZoneId id = ZoneId.of(zone);
            Instant from = Instant.parse(zone.equals("Pacific/Apia") ? "2010-01-01T00:00:00Z" : "2020-01-01T00:00:00Z");
            ZoneOffsetTransition next = id.getRules().nextTransition(from);
            while (next != null && next.getDateTimeBefore().getYear() <= 2037) {
                changes.add(new Change(id, next.toEpochSecond()));
                next = id.getRules().nextTransition(next.getInstant());
            }
            changes.add(new Change(id, random.nextLong(1_577_836_800L, 2_145_916_800L)));
        }
        Collections.shuffle(changes, random);
        return changes;
    }

    private record Change(ZoneId zone, long second) {}

    private enum Dialect {
        QUARTZ,
        UNIX
    }

    private record Cron(Dialect dialect, String expression) {
        Occurrences occurrences(ZoneId zone, Gap gap, Overlap overlap) {
            Timetable.Kind kind = dialect == Dialect.UNIX ? Timetable.Kind.UNIX_CRON : Timetable.Kind.CRON;
            try {
                return new Timetable(kind, expression, zone.getId(), gap, overlap).occurrences();
            } catch (BadTimetable never) {
                assertThat(never).hasMessageContaining("never comes");
                return instant -> List.of();
            }
        }

        CronOracle oracle(Gap gap, Overlap overlap) {
            return dialect == Dialect.UNIX
                    ? CronOracle.unix(expression, gap, overlap)
                    : new CronOracle(expression, gap, overlap);
        }
    }
}
