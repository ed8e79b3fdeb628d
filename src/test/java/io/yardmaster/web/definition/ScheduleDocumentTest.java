package io.yardmaster.web.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.yardmaster.database.Invalid;
import io.yardmaster.timetable.Timetable.Kind;
import io.yardmaster.trigger.CatchUp;
import io.yardmaster.trigger.Terms;
import io.yardmaster.web.definition.Document.JobDocument;
import io.yardmaster.web.definition.Document.ScheduleEntry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScheduleDocumentTest {
    private static final String EVERY_KIND = """
            kind: job
            namespace: shop
            name: close-day
            task:
              type: noop
            schedules:
            - name: quartz
              cron: 0 0 2 * * ?
              zone: Europe/Istanbul
              gap: SHIFT
              overlap: BOTH
            - name: unix
              cron: 30 2 * * 1-5
              dialect: unix
              zone: UTC
            - name: word
              cron: "@daily"
              zone: UTC
            - name: rate
              rate: "R12/2026-01-31T18:00/P1M"
              zone: UTC
            - name: dates
              dates: "every 3 months from 2026-01-01 at 18:00 on last working day"
              zone: Europe/Berlin
            - name: delay
              delay: PT5M
              zone: UTC
            - name: once
              at: "2026-11-23T02:00:00"
              zone: UTC
              validFrom: "2026-11-01T00:00:00Z"
              validUntil: "2026-12-01T00:00:00Z"
              jitter: PT1M30S
              catchUp:
                policy: ALL
                count: 5
                age: P2D
                spread: PT10S
            """;

    // R1
    @Test
    void every_kind_of_schedule_reads_and_writes_back_byte_by_byte() {
        assertThat(DocumentWriter.yaml(DocumentReader.readAll(EVERY_KIND, Format.YAML)))
                .isEqualTo(EVERY_KIND);
    }

    @Test
    void what_is_read_is_what_was_said() {
        List<ScheduleEntry> read = ((JobDocument) DocumentReader.read(EVERY_KIND, Format.YAML)).schedules();
        assertThat(read)
                .extracting(entry -> entry.timetable().kind())
                .containsExactly(Kind.CRON, Kind.UNIX_CRON, Kind.CRON, Kind.RATE, Kind.DATES, Kind.DELAY, Kind.ONCE);
        assertThat(read.get(0).terms()).isEqualTo(Terms.STANDARD);
        assertThat(read.get(6).terms().catchUp())
                .isEqualTo(new CatchUp(CatchUp.Policy.ALL, 5, Duration.ofDays(2), Duration.ofSeconds(10)));
    }

    @Test
    void of_a_catch_up_that_is_said_in_part_the_rest_is_as_usual() {
        assertThat(read("cron: x, catchUp: {policy: ALL}").terms().catchUp())
                .isEqualTo(new CatchUp(CatchUp.Policy.ALL, 100, Duration.ofDays(1), Duration.ZERO));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cron: x, rate: R/x | schedules[0].rate",
                "at: '2026-11-23T02:00', delay: PT5M, cron: x | schedules[0].delay schedules[0].at",
                "zone: UTC | schedules[0].cron",
                "rate: R/2026-01-01T00:00Z/PT9S, dialect: unix | schedules[0].dialect",
                "cron: x, dialect: vixie | schedules[0].dialect",
                "cron: x, jitter: 5m, validFrom: yesterday | schedules[0].validFrom schedules[0].jitter",
                "cron: x, validUntil: '2026-11-23T02:00:00.5Z' | schedules[0].validUntil",
                "cron: x, validUntil: '2026-11-23T02:00:00' | schedules[0].validUntil",
                "cron: x, gap: JUMP | schedules[0].gap",
                "cron: x, catchUp: {policy: SOME, age: long, most: 3} "
                        + "| schedules[0].catchUp.policy schedules[0].catchUp.age schedules[0].catchUp.most",
                "cron: x, catchUp: ALL | schedules[0].catchUp",
                "delay: PT5M, rate: R/x, jitter: soon | schedules[0].delay schedules[0].jitter"
            })
    void every_fault_is_told_at_its_field(String said, String fields) {
        Invalid refused = catchThrowableOfType(Invalid.class, () -> read(said));
        assertThat(refused.problems()).extracting(Invalid.Problem::field).containsExactly(fields.split(" "));
        assertThat(refused.getMessage()).doesNotContain("invalid.");
    }

    private static ScheduleEntry read(String said) {
        String job = "kind: job\nnamespace: n\nname: j\ntask: {type: noop}\nschedules:\n- {name: s, " + said + "}\n";
        return ((JobDocument) DocumentReader.read(job, Format.YAML)).schedules().get(0);
    }
}
