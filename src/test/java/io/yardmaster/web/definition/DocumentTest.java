package io.yardmaster.web.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.Generate.pick;
import static org.quicktheories.generators.SourceDSL.lists;

import io.yardmaster.database.Invalid;
import io.yardmaster.job.JobDefinition;
import io.yardmaster.job.JobSignal;
import io.yardmaster.job.Need;
import io.yardmaster.task.ShellTask;
import io.yardmaster.timetable.Timetable;
import io.yardmaster.web.definition.Document.JobDocument;
import io.yardmaster.web.definition.Document.ScheduleEntry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DocumentTest {
    private static final String CANONICAL = """
            kind: job
            namespace: shop
            name: close-day
            description: Closes the day's books
            queue: slow
            enabled: true
            task:
              type: shell
              interpreter: bash
              script: |
                set -eu
                echo "$day"
            parameters:
              day: "01"
              empty: ""
            timeout: 90
            retry:
              count: 5
              delay: 30
              backoff: 1.5
              maxDelay: 600
              jitter: 10
              "on":
              - FAILED
              - LOST
            overlap:
              policy: ALLOW
              maxParallel: 3
              maxWaiting: 10
            warnAfter: 45
            expiresAfter: 3600
            locks:
            - lock: warehouse
              mode: WRITE
            - lock: other/licence
              permits: 2
            schedules:
            - name: nightly
              cron: 0 0 2 * * ?
              zone: Europe/Istanbul
              parameters:
                day: "02"
              enabled: false
            """;

    /** Words that YAML takes for something else, and pieces that are hard to quote. */
    private static final List<String> PIECES = List.of(
            "a", "true", "no", "~", "null", "007", "1e3", "0x1F", "1_000", "1:30", "-", "- ", ": ", "#", " #", "&a",
            "*a", "!t", "{", "[", "]", "}", ",", "'", "\"", "\\", "\n", "\n\n", "\r", "\r\n", "\t", " ", "  ", "%", "@",
            "`", "|", ">", "?", "? ", "=", "<<", "---", "...", "\u0001", "\u0085", "\u00a0", "\u2028", "\ufeff", "é",
            "日本", "😀", "");

    @Test
    void the_canonical_form_reads_and_writes_back_byte_by_byte() {
        assertThat(DocumentWriter.yaml(DocumentReader.readAll(CANONICAL, Format.YAML)))
                .isEqualTo(CANONICAL);
    }

    @Test
    void several_documents_stand_in_one_text() {
        String two = CANONICAL + "---\n" + CANONICAL.replace("close-day", "open-day");
        List<Document> documents = DocumentReader.readAll(two, Format.YAML);
        assertThat(documents).extracting(Document::name).containsExactly("close-day", "open-day");
        assertThat(DocumentWriter.yaml(documents)).isEqualTo(two);
    }

    @Test
    void whatever_a_text_holds_it_comes_back_as_it_was() {
        qt().withExamples(20_000)
                .forAll(
                        lists().of(pick(PIECES)).ofSizeBetween(0, 6),
                        lists().of(pick(PIECES)).ofSizeBetween(0, 6))
                .checkAssert((one, other) -> {
                    JobDocument job = job(String.join("", one), String.join("", other));
                    String yaml = DocumentWriter.yaml(List.of(job));
                    assertThat(DocumentReader.read(yaml, Format.YAML)).as(yaml).isEqualTo(job);
                });
    }

    private static final Need NEED = new Need(3, List.of("gpu", "zone=a"), List.of("ssd"), null);

    private static JobDocument job(String script, String value) {
        JobDefinition definition = new JobDefinition(
                new ShellTask(script, null),
                Map.of("V", value),
                null,
                null,
                null,
                null,
                NEED,
                List.of(),
                List.of(
                        new JobSignal("data-in", null, null, Map.of("day", value)),
                        new JobSignal("n/go", JobSignal.On.ANY, JobSignal.Act.RESET, null)));
        ScheduleEntry schedule =
                new ScheduleEntry(value, Timetable.cron("0 0 2 * * ?", "UTC"), Map.of("W", script), true);
        return new JobDocument("n", "j", value, null, true, definition, List.of(schedule));
    }

    // S15, S19
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: &a [x]\nb: *a",
                "kind: job\nname: *a",
                "kind: job\n<<: *a",
                "*a : b",
                "kind: !!javax.script.ScriptEngineManager [x]",
                "kind: !!str job",
                "!job\nkind: job",
                "kind: job\nkind: queue",
                "{\"kind\": \"job\", \"kind\": \"job\"}",
                "{\"kind\": ",
                "kind: [",
                "kind: 'x",
                "\tkind: job",
                "a: b: c",
                "%YAML 9.9\n---\nkind: job"
            })
    void what_is_no_plain_document_is_refused_with_its_place(String text) {
        Invalid refused = refusal(text, text.startsWith("{") ? Format.JSON : Format.YAML);
        assertThat(refused.problems()).hasSize(1);
        assertThat(refused.problems().get(0).field()).isEqualTo("document");
        assertThat(refused).hasMessageMatching("(?s).*line [1-9], column [1-9].*");
        assertThat(refused.getMessage())
                .doesNotContain("Exception", "jackson", "org.yaml")
                .hasSizeLessThan(300);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                kind: jub                                   | kind        | is one of [job, queue, calendar, lock]
                {kind: job, nmae: x}                        | nmae        | did you mean 'name'?
                {kind: job, TASK: x}                        | TASK        | did you mean 'task'?
                {kind: job, zzzzzzzzz: x}                   | zzzzzzzzz   | known are
                {kind: job, task: sleep}                    | task        | is a group of fields
                {kind: job, task: {type: sql}}              | task.type   | is one of [shell, noop]
                {kind: job, task: {type: shell, skript: x}} | task.skript | did you mean 'script'?
                {kind: job, timeout: 5m}                    | timeout     | is a whole number
                {kind: job, enabled: maybe}                 | enabled     | is true or false
                {kind: job, delivery: ONCE}                 | delivery    | is one of [AT_LEAST_ONCE, AT_MOST_ONCE]
                {kind: job, parameters: [a]}                | parameters  | is a group of fields
                {kind: job, parameters: {a: [b]}}           | parameters.a | is one piece of text
                {kind: job, schedules: x}                   | schedules   | is a list
                {kind: job, schedules: [{cronn: x}]}        | schedules[0].cronn | did you mean 'cron'?
                {kind: queue, weight: heavy}                | weight      | is a whole number
                """)
    void a_field_that_is_wrong_is_named_with_what_is_right(String text, String field, String right) {
        assertThat(refusal(text, Format.YAML).problems()).anySatisfy(problem -> {
            assertThat(problem.field()).isEqualTo(field);
            assertThat(problem.message()).contains(right);
        });
    }

    // S19
    @Test
    void what_is_deep_is_refused_before_it_costs_anything() {
        for (String text : List.of("[".repeat(100_000), "{a: ".repeat(100_000), "- ".repeat(100_000))) {
            assertThat(refusal(text, Format.YAML)).hasMessageContaining("at most 20 levels deep");
        }
        assertThat(refusal("{\"a\":".repeat(100_000), Format.JSON)).hasMessageContaining("at most 20 levels deep");
    }

    @Test
    void many_fields_are_bounded() {
        assertThat(refusal("[" + "1,".repeat(1_000_000) + "1]", Format.JSON))
                .hasMessageContaining("200000 parts in all");
    }

    private static Invalid refusal(String text, Format format) {
        return catchThrowableOfType(Invalid.class, () -> DocumentReader.readAll(text, format));
    }
}
