package io.yardmaster.web.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.yardmaster.calendar.BusinessCalendar;
import io.yardmaster.calendar.CalendarDraft;
import io.yardmaster.database.Invalid;
import io.yardmaster.timetable.CalendarRule;
import io.yardmaster.web.definition.Document.CalendarDocument;
import io.yardmaster.web.definition.Document.JobDocument;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CalendarDocumentTest {
    private static final String BANK = """
            kind: calendar
            namespace: shop
            name: bank
            description: "When the bank books: not at weekends"
            shared: true
            weekdays:
            - MONDAY
            - TUESDAY
            - SATURDAY
            knownThrough: "2027-12-31"
            holidays:
              "2026-12-25": Christmas Day
              "2027-01-01": ""
            workdays:
              "2026-12-27": "made up: stocktaking"
            blackouts:
            - "22:00-02:00"
            - "12:00-12:30:30"
            """;

    @Test
    void a_calendar_reads_and_writes_back_byte_by_byte() {
        List<Document> read = DocumentReader.readAll(BANK, Format.YAML);
        assertThat(DocumentWriter.yaml(read)).isEqualTo(BANK);
        CalendarDraft draft = ((CalendarDocument) read.get(0)).draft();
        assertThat(draft.shared()).isTrue();
        assertThat(draft.content().nameOf(LocalDate.of(2026, 12, 25))).isEqualTo("Christmas Day");
    }

    @Test
    void what_is_left_out_is_as_usual() {
        CalendarDraft draft = draft("knownThrough: 2027-12-31, holidays: {2026-12-25: }");
        assertThat(draft.shared()).isFalse();
        assertThat(draft.content().weekdays()).isEqualTo(BusinessCalendar.USUAL);
        assertThat(draft.content().holidays()).containsEntry(LocalDate.of(2026, 12, 25), "");
        assertThat(draft.content().blackouts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "weekdays: [MONDAY, FUNDAY, null] | weekdays weekdays",
                "weekdays: MONDAY                 | weekdays",
                "weekdays: [[MONDAY]]             | weekdays",
                "knownThrough: soon               | knownThrough",
                "holidays: {2026-02-30: x, a: y}  | holidays holidays",
                "holidays: {2026-12-25: [x]}      | holidays.2026-12-25",
                "workdays: [2026-12-27]           | workdays",
                "blackouts: ['22-2', '22:00']     | blackouts blackouts",
                "blackouts: ['24:00-02:00']       | blackouts",
                "shared: perhaps                  | shared",
                "holydays: {}                     | holydays"
            })
    void every_fault_is_told_at_its_field(String said, String fields) {
        Invalid refused = catchThrowableOfType(Invalid.class, () -> draft(said));
        assertThat(refused.problems()).extracting(Invalid.Problem::field).containsExactly(fields.split(" "));
        assertThat(refused.getMessage()).doesNotContain("invalid.");
    }

    @Test
    void a_schedule_names_its_calendar_and_the_rule() {
        String job = """
                kind: job
                namespace: shop
                name: books
                task:
                  type: noop
                schedules:
                - name: nightly
                  cron: 0 0 2 * * ?
                  zone: UTC
                  calendar: bank
                  calendarRule: NEXT
                """;
        JobDocument read = (JobDocument) DocumentReader.read(job, Format.YAML);
        assertThat(read.schedules().get(0).calendar()).isEqualTo(new CalendarName("bank", CalendarRule.NEXT));
        assertThat(DocumentWriter.yaml(List.of(read))).isEqualTo(job);
        String usual = job.replace("  calendarRule: NEXT\n", "");
        assertThat(((JobDocument) DocumentReader.read(usual, Format.YAML))
                        .schedules()
                        .get(0)
                        .calendar()
                        .rule())
                .isEqualTo(CalendarRule.SKIP);
        Invalid alone = catchThrowableOfType(
                Invalid.class, () -> DocumentReader.read(job.replace("  calendar: bank\n", ""), Format.YAML));
        assertThat(alone).hasMessageContaining("schedules[0].calendarRule").hasMessageContaining("there is none");
    }

    private static CalendarDraft draft(String said) {
        String calendar = "{kind: calendar, namespace: n, name: c, " + said + "}";
        return ((CalendarDocument) DocumentReader.read(calendar, Format.YAML)).draft();
    }
}
