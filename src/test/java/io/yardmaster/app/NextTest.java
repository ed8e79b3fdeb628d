package io.yardmaster.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class NextTest {
    private static final String GOOD =
            "{'cron':'0 30 2 * * ?','dialect':'quartz','zone':'America/New_York','from':'2026-03-07T00:00:00Z','count':2}";

    // R1 R2
    @Test
    void prints_one_instant_a_line_in_either_dialect() {
        String from = "2026-03-07T00:00:00Z";
        assertThat(run("--cron", "0 30 2 * * ?", "--zone", "America/New_York", "--from", from, "--count", "3"))
                .isEqualTo("0 2026-03-07T07:30:00Z\n2026-03-08T07:00:00Z\n2026-03-09T06:30:00Z\n");
        assertThat(run(
                        "--cron",
                        "30 2 * * *",
                        "--dialect",
                        "unix",
                        "--zone",
                        "America/New_York",
                        "--from",
                        from,
                        "--count",
                        "2",
                        "--gap",
                        "skip"))
                .isEqualTo("0 2026-03-07T07:30:00Z\n2026-03-09T06:30:00Z\n");
    }

    @Test
    void refuses_on_one_line_what_it_cannot_read() {
        assertThat(run("--cron", "0 30 25 * * ?"))
                .startsWith("1 yardmaster: hour is '25' at position 6")
                .hasLineCount(1);
        assertThat(run("--cron", "0 30 2 * * ?", "--zone", "Berlin")).contains("Europe/Berlin");
        assertThat(run()).isEqualTo("1 yardmaster: cron is missing\n");
    }

    // R1 R11
    @Test
    void goes_by_a_calendar_of_a_file_of_each_kind(@TempDir Path directory) throws IOException {
        Path ics = Files.writeString(
                directory.resolve("days.ICS"),
                "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260101\nRRULE:FREQ=YEARLY;COUNT=2\nEND:VEVENT\nEND:VCALENDAR\n");
        Path csv = Files.writeString(directory.resolve("days.csv"), "2027-01-01,New Year\n");
        Path yaml = Files.writeString(
                directory.resolve("days.yaml"),
                "kind: calendar\nnamespace: shop\nname: days\nknownThrough: \"2027-12-31\"\nholidays: {\"2027-01-01\": a}\n");
        for (Path file : List.of(ics, csv, yaml)) {
            // 2027-01-01 is a Friday
            assertThat(daily(file, "skip")).isEqualTo("0 2026-12-31T09:00:00Z\n2027-01-04T09:00:00Z\n");
            assertThat(daily(file, "previous")).isEqualTo("0 2026-12-31T09:00:00Z\n2026-12-31T09:00:00Z\n");
            assertThat(daily(file, "NEXT")).isEqualTo("0 2026-12-31T09:00:00Z\n2027-01-04T09:00:00Z\n");
        }
    }

    @Test
    void refuses_a_bad_calendar_on_one_line(@TempDir Path directory) throws IOException {
        Path csv = Files.writeString(directory.resolve("bad.csv"), "2027-01-01,a\n2027-02-30,b\n");
        Path job = Files.writeString(
                directory.resolve("job.yaml"), "kind: job\nnamespace: a\nname: b\ntask: {type: noop}\n");
        assertThat(daily(csv, "skip"))
                .startsWith("1 yardmaster: calendar " + csv + ": line 2, column 1: “2027-02-30” is no date")
                .hasLineCount(1);
        assertThat(daily(job, "skip")).startsWith("1 yardmaster: calendar").hasLineCount(1);
        assertThat(daily(directory.resolve("none.ics"), "skip")).endsWith("there is no such file\n");
        assertThat(daily(directory, "skip"))
                .startsWith("1 yardmaster: calendar")
                .hasLineCount(1);
        assertThat(daily(csv, "sideways")).contains("rule is 'sideways'; right would be SKIP, PREVIOUS, NEXT");
        assertThat(run("--cron", "0 0 9 * * ?", "--rule", "next")).contains("right would be --calendar FILE");
    }

    private static String daily(Path calendar, String rule) {
        return run(
                "--cron",
                "0 0 9 * * ?",
                "--from",
                "2026-12-30T12:00:00Z",
                "--count",
                "2",
                "--calendar",
                calendar.toString(),
                "--rule",
                rule);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        'cron':'0 0 2 * * ?'            | 'cron':'x'              | fields
        'dialect':'quartz'              | 'dialect':'jenkins'     | dialect is 'jenkins'; right would be quartz or unix
        'zone':'America/New_York'       | 'zone':'Mars/Olympus'   | zone is 'Mars/Olympus'
        'zone':'America/New_York'       | 'gap':null              | zone is missing
        'from':'2026-03-07T00:00:00Z'   | 'from':'yesterday'      | from is 'yesterday'
        'count':2                       | 'count':0               | count is 0; right would be 1 to 100000
        'count':2                       | 'gap':'JUMP'            | END_OF_GAP, SHIFT, SKIP
        'count':2                       | 'overlap':'LAST'        | FIRST, SECOND, BOTH
        'count':2                       | 'colour':'blue'         | colour
        """)
    void answers_a_bad_line_with_an_error_and_goes_on(String part, String instead, String message) throws IOException {
        String bad = GOOD.replace("0 30 2", "0 0 2").replace(strip(part), strip(instead));
        List<String> answers = answers(bad, "not json", GOOD);
        assertThat(answers).hasSize(3);
        assertThat(answers.get(0)).startsWith("{\"error\":").contains(message);
        assertThat(answers.get(1)).startsWith("{\"error\":\"the line cannot be read");
        assertThat(answers.get(2)).isEqualTo("{\"next\":[\"2026-03-07T07:30:00Z\",\"2026-03-08T07:00:00Z\"]}");
    }

    @Test
    void answers_from_the_first_instant_to_the_last_that_can_be_written() throws IOException {
        String rate = GOOD.replace("2026-03-07", "%s");
        List<String> answers = answers(
                rate.formatted("-999999999-01-01"), rate.formatted("-9999-01-01"), rate.formatted("+999999999-12-31"));
        assertThat(answers.get(0)).startsWith("{\"next\":[\"1970-01-01T07:30:00Z\"");
        assertThat(answers.get(1)).isEqualTo(answers.get(0));
        assertThat(answers.get(2)).isEqualTo("{\"next\":[]}");
    }

    // R1
    @Test
    void answers_the_same_in_another_default_zone_and_locale(@TempDir Path directory) throws Exception {
        Path questions = directory.resolve("questions");
        Files.write(questions, questions());
        List<String> here = other(questions, directory.resolve("here"), "en", "UTC");
        List<String> there = other(questions, directory.resolve("there"), "tr", "Australia/Lord_Howe");
        assertThat(here).hasSize(400).noneMatch(line -> line.contains("error")).isEqualTo(there);
        assertThat(other(questions, directory.resolve("far"), "ar-EG-u-nu-arab", "Asia/Kathmandu"))
                .isEqualTo(here);
    }

    private static List<String> questions() {
        List<String> zones = List.of("America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Africa/Cairo");
        List<String> crons = List.of(
                "quartz','cron':'0 %d %d ? * fri-mon",
                "quartz','cron':'%d */7 %d * * ?", "unix','cron':'%d %d * * 1,5", "unix','cron':'%d %d 31 * *");
        return IntStream.range(0, 400)
                .mapToObj(n -> "{'dialect':'" + String.format(java.util.Locale.ROOT, crons.get(n % 4), n % 60, n % 24)
                        + "','zone':'" + zones.get(n / 4 % 4) + "','from':'20" + (20 + n % 17)
                        + "-03-01T00:00:00Z','count':40}")
                .map(NextTest::quoted)
                .toList();
    }

    private static List<String> other(Path questions, Path answers, String locale, String zone) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Duser.timezone=" + zone,
                        "-Duser.language=" + locale.split("-", -1)[0],
                        "-cp",
                        System.getProperty("java.class.path"),
                        Yardmaster.class.getName(),
                        "next",
                        "--stdin")
                .redirectInput(questions.toFile())
                .redirectOutput(answers.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
        return Files.readAllLines(answers);
    }

    private static List<String> answers(String... lines) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String in = quoted(String.join("\n", lines)) + "\n";
        NextLines.answer(new ByteArrayInputStream(in.getBytes(UTF_8)), out);
        return out.toString(UTF_8).lines().toList();
    }

    private static String strip(String text) {
        return text.strip();
    }

    private static String quoted(String text) {
        return text.replace('\'', '"');
    }

    private static String run(String... arguments) {
        StringWriter out = new StringWriter();
        CommandLine line = Yardmaster.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(out, true));
        String[] all = new String[arguments.length + 1];
        all[0] = "next";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        int code = line.execute(all);
        return code + " " + out;
    }
}
