package io.yardmaster.app;

import io.yardmaster.calendar.HolidayFile;
import io.yardmaster.timetable.BadTimetable;
import io.yardmaster.timetable.CalendarRule;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "next",
        mixinStandardHelpOptions = true,
        abbreviateSynopsis = true,
        versionProvider = VersionOfWar.class,
        description =
                "Prints the next instants of a cron expression, one a line, by the function that fires jobs. Needs no database.")
final class NextCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--cron", paramLabel = "EXPRESSION", description = "the expression, such as '0 30 2 * * ?'")
    private String cron;

    @Option(names = "--dialect", paramLabel = "quartz|unix", description = "how to read it (default: quartz)")
    private String dialect;

    @Option(
            names = "--zone",
            paramLabel = "NAME",
            defaultValue = "UTC",
            description = "whose clock is meant (default: ${DEFAULT-VALUE})")
    private String zone;

    @Option(names = "--from", paramLabel = "INSTANT", description = "only what comes after it (default: now)")
    private String from;

    @Option(names = "--count", paramLabel = "N", description = "how many (default: 10)")
    private Integer count;

    @Option(names = "--gap", paramLabel = "RULE", description = "for local times left out: END_OF_GAP, SHIFT or SKIP")
    private String gap;

    @Option(
            names = "--overlap",
            paramLabel = "RULE",
            description = "for local times that come twice: FIRST, SECOND or BOTH")
    private String overlap;

    @Option(
            names = "--calendar",
            paramLabel = "FILE",
            description =
                    "business calendar to go by: a document (YAML or JSON), or holidays in .ics or .csv, with Monday to Friday as working days")
    private Path calendar;

    @Option(
            names = "--rule",
            paramLabel = "RULE",
            description = "for days that do not work: skip, previous or next (default: skip)")
    private String rule;

    @Option(
            names = "--stdin",
            description = "answer questions of standard input, one JSON object a line, each with a line of JSON")
    private boolean stdin;

    @Override
    public Integer call() throws IOException {
        if (stdin) {
            NextLines.answer(System.in, System.out);
            return 0;
        }
        NextQuestion question = new NextQuestion(
                cron, dialect, zone, from == null ? Instant.now().toString() : from, count, gap, overlap);
        PrintWriter out = spec.commandLine().getOut();
        try {
            answer(question).forEach(out::println);
        } catch (BadTimetable bad) {
            throw new Refused(bad.getMessage(), bad);
        }
        out.flush();
        return 0;
    }

    private List<Instant> answer(NextQuestion question) {
        CalendarRule wanted = NextQuestion.choice("rule", rule, CalendarRule.class);
        if (calendar == null) {
            if (wanted != null) {
                throw new Refused("rule is '" + rule + "', but there is no calendar; right would be --calendar FILE");
            }
            return question.answer();
        }
        CalendarFile read = CalendarFile.read(calendar, HolidayFile.horizon(LocalDate.now(ZoneOffset.UTC)));
        PrintWriter err = spec.commandLine().getErr();
        read.remarks()
                .forEach(remark -> err.println("yardmaster: " + calendar.getFileName() + ": " + remark.english()));
        return question.answer(wanted == null ? CalendarRule.SKIP : wanted, read.calendar());
    }
}
