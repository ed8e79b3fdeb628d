package io.yardmaster.web.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Invalid;
import io.yardmaster.timetable.Gap;
import io.yardmaster.timetable.Overlap;
import io.yardmaster.timetable.Timetable;
import io.yardmaster.timetable.Timetable.Kind;
import io.yardmaster.trigger.CatchUp;
import io.yardmaster.trigger.ScheduleDraft;
import io.yardmaster.trigger.Terms;
import io.yardmaster.web.form.Form;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScheduleFormTest {
    private static final Terms TERMS = new Terms(
            Instant.parse("2026-01-01T00:00:00Z"),
            // the second 02:30 of that night in Berlin
            Instant.parse("2026-10-25T01:30:00Z"),
            Duration.ofSeconds(90),
            new CatchUp(CatchUp.Policy.ALL, 7, Duration.ofHours(36), Duration.ofSeconds(10)));

    private final Invalid.Problems problems = new Invalid.Problems();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CRON      | 0 30 2 * * ?",
                "UNIX_CRON | 30 2 * * 1-5",
                "UNIX_CRON | @daily",
                "RATE      | R/2026-01-01T00:00:00Z/PT90S",
                "RATE      | R12/2026-01-31T18:00/P1M",
                "RATE      | R/2026-01-01T00:00/PT1H30M",
                "RATE      | R5/2026-01-01T00:00Z/2026-01-01T00:10Z",
                "DATES     | every 3 months from 2026-01-01 at 18:00 on last working day",
                "DATES     | every month from 2026-01-01 at 18:00, 20:00 on day 15",
                "DATES     | every 2 weeks from 2026-01-01 at 8:00 on monday, friday",
                "DATES     | every week from 2026-01-01 at 8:00 on mon fri",
                "DATES     | every 1 days from 2026-01-01 at 8:00",
                "DELAY     | PT1H30M",
                "DELAY     | P1D",
                "ONCE      | 2026-11-23T02:00:00",
                "ONCE      | 2026-11-23T02:00Z"
            })
    void a_schedule_and_its_form_say_the_same(Kind kind, String expression) {
        Timetable timetable = new Timetable(kind, expression, "Europe/Berlin", Gap.SHIFT, Overlap.SECOND);
        ScheduleDraft draft = new ScheduleDraft("s", timetable, Map.of("A", "1"), true, TERMS);
        Form filled = ScheduleForm.fill(Form.empty(), draft);
        assertThat(ScheduleForm.draft(filled, problems)).isEqualTo(draft);
        assertThat(ScheduleForm.isBlank(filled)).isFalse();
        assertThat(problems.none()).isTrue();
        // a form that lacks all fields but one resets none
        Form partly = Form.empty().with("schedule.name", "t").with("schedule.enabled", true);
        assertThat(ScheduleForm.draft(ScheduleForm.whole(partly, filled), problems))
                .isEqualTo(new ScheduleDraft("t", timetable, Map.of("A", "1"), true, TERMS));
    }

    @Test
    void of_all_that_is_filled_in_the_chosen_kind_counts() {
        Form form = Form.empty()
                .with("schedule.cron", "0 0 3 * * ?")
                .with("schedule.at", "2026-11-23T02:00")
                .with("schedule.rate.every", "5")
                .with("schedule.rate.unit", "MINUTES")
                .with("schedule.rate.from", "2026-01-01T00:00");
        assertThat(expression(form)).isEqualTo("0 0 3 * * ?");
        assertThat(expression(form.with("schedule.kind", "ONCE"))).isEqualTo("2026-11-23T02:00");
        assertThat(expression(form.with("schedule.kind", "RATE"))).isEqualTo("R/2026-01-01T00:00/PT5M");
        assertThat(ScheduleForm.isBlank(form.with("schedule.kind", "DATES"))).isTrue();
        assertThat(problems.none()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "RATE, schedule.rate.every, 0, schedule.rate.every",
        "RATE, schedule.rate.every, many, schedule.rate.every",
        "RATE, schedule.rate.from, '', schedule.rate.from",
        "RATE, schedule.rate.unit, EONS, schedule.rate.unit",
        "DATES, schedule.dates.at, '', schedule.dates.at",
        "DELAY, schedule.delay, soon, schedule.delay",
        "ONCE, schedule.kind, TWICE, schedule.kind",
        "ONCE, schedule.dialect, vixie, schedule.dialect",
        "ONCE, schedule.jitter, much, schedule.jitter",
        "ONCE, schedule.validFrom, today, schedule.validFrom",
        "ONCE, schedule.catchUp.policy, SOME, schedule.catchUp.policy",
        "ONCE, schedule.catchUp.count, few, schedule.catchUp.count",
        "ONCE, schedule.catchUp.age, old, schedule.catchUp.age"
    })
    void what_cannot_be_read_is_told_once_at_its_field(String kind, String field, String typed, String told) {
        Form form = Form.empty()
                .with("schedule.kind", kind)
                .with("schedule.at", "2026-11-23T02:00")
                .with("schedule.rate.every", "5")
                .with("schedule.rate.from", "2026-01-01T00:00")
                .with("schedule.dates.every", "1")
                .with("schedule.dates.from", "2026-01-01")
                .with("schedule.dates.at", "8:00")
                .with("schedule.delay", "5m")
                .with(field, typed);
        ScheduleForm.draft(form, problems);
        assertThat(problems.all()).extracting(Invalid.Problem::field).containsExactly(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MINUTES | quartz | 0 */5 * * * ?      ",
                "MINUTES | unix   | */5 * * * *        ",
                "HOURS   | quartz | 0 30 */5 * * ?     ",
                "DAY     | quartz | 0 30 2 * * ?       ",
                "DAY     | unix   | 30 2 * * *         ",
                "WEEK    | quartz | 0 30 2 ? * MON,FRI ",
                "WEEK    | unix   | 30 2 * * MON,FRI   ",
                "MONTH   | unix   | 30 2 15 * *        "
            })
    void choices_become_an_expression_that_can_be_read(String every, String dialect, String built) {
        Form form = ScheduleForm.built(choices(every, dialect));
        assertThat(form.value("schedule.cron")).isEqualTo(built);
        assertThat(ScheduleForm.timetable(form, problems).faults()).isEmpty();
    }

    @Test
    void the_last_day_of_a_month_is_said_in_the_dialect_that_can() {
        Form form = ScheduleForm.built(choices("MONTH", "unix").with("schedule.build.day", "L"));
        assertThat(form.value("schedule.cron")).isEqualTo("0 30 2 L * ?");
        assertThat(form.value("schedule.dialect")).isEqualTo("quartz");
    }

    private static Form choices(String every, String dialect) {
        return Form.empty()
                .with("schedule.dialect", dialect)
                .with("schedule.build.every", every)
                .with("schedule.build.step", "5")
                .with("schedule.build.at", "02:30")
                .with("schedule.build.weekday", List.of("MON", "FRI"))
                .with("schedule.build.day", "15");
    }

    private String expression(Form form) {
        return ScheduleForm.timetable(form, problems).expression();
    }
}
