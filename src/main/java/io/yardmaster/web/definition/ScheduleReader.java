package io.yardmaster.web.definition;

import io.yardmaster.database.Invalid;
import io.yardmaster.timetable.CalendarRule;
import io.yardmaster.timetable.Gap;
import io.yardmaster.timetable.Overlap;
import io.yardmaster.timetable.Timetable;
import io.yardmaster.timetable.Timetable.Kind;
import io.yardmaster.trigger.CatchUp;
import io.yardmaster.trigger.Terms;
import io.yardmaster.web.definition.Document.ScheduleEntry;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;

/** Reads one schedule of a job's document. It says when by exactly one of {@link #KINDS}. */
final class ScheduleReader {
    private static final List<String> KINDS = List.of("cron", "rate", "dates", "delay", "at");
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 9999;

    private final Fields fields;
    private final String prefix;
    private final Invalid.Problems problems;

    private ScheduleReader(Tree.Branch branch, String prefix, Invalid.Problems problems) {
        this.fields = new Fields(branch, prefix, problems);
        this.prefix = prefix;
        this.problems = problems;
    }

    static ScheduleEntry read(Tree.Branch branch, String prefix, Invalid.Problems problems) {
        ScheduleReader reader = new ScheduleReader(branch, prefix, problems);
        ScheduleEntry entry = new ScheduleEntry(
                reader.fields.text("name"),
                reader.timetable(),
                reader.calendar(),
                reader.fields.texts("parameters"),
                reader.fields.flag("enabled"),
                reader.terms());
        reader.fields.end();
        return entry;
    }

    /** Only when, and nothing beside. */
    static GivenTimetable timetable(Tree.Branch branch, String prefix, Invalid.Problems problems) {
        ScheduleReader reader = new ScheduleReader(branch, prefix, problems);
        GivenTimetable given = new GivenTimetable(reader.timetable(), reader.calendar());
        reader.fields.end();
        return given;
    }

    private Timetable timetable() {
        String expression = null;
        String said = null;
        for (String name : KINDS) {
            String text = fields.text(name);
            if (text != null && said != null) {
                problems.add(prefix + name, text, "invalid.schedule.two", said, String.join(", ", KINDS));
            } else if (text != null) {
                said = name;
                expression = text;
            }
        }
        if (said == null) {
            problems.add(prefix + "cron", null, "invalid.schedule.none", String.join(", ", KINDS));
        }
        return new Timetable(
                kind(said),
                expression,
                Objects.requireNonNullElse(fields.text("zone"), "UTC"),
                fields.choice("gap", Gap.class),
                fields.choice("overlap", Overlap.class));
    }

    /** Null for none. */
    private CalendarName calendar() {
        String name = fields.text("calendar");
        CalendarRule rule = fields.choice("calendarRule", CalendarRule.class);
        problems.check(name != null || rule == null, prefix + "calendarRule", rule, "invalid.calendar.rule-alone");
        return name == null ? null : new CalendarName(name, Objects.requireNonNullElse(rule, CalendarRule.SKIP));
    }

    private Kind kind(String said) {
        String dialect = fields.text("dialect");
        boolean cron = said == null || said.equals("cron");
        problems.check(dialect == null || cron, prefix + "dialect", dialect, "invalid.schedule.dialect", said);
        boolean known = dialect == null || dialect.equals("quartz") || dialect.equals("unix");
        problems.check(known, prefix + "dialect", dialect, "invalid.choice", "[quartz, unix]");
        if (cron) {
            return "unix".equals(dialect) ? Kind.UNIX_CRON : Kind.CRON;
        }
        return switch (said) {
            case "rate" -> Kind.RATE;
            case "dates" -> Kind.DATES;
            case "delay" -> Kind.DELAY;
            default -> Kind.ONCE;
        };
    }

    private Terms terms() {
        return new Terms(instant("validFrom"), instant("validUntil"), duration(fields, prefix, "jitter"), catchUp());
    }

    /** What is not said of it is as usual. */
    private CatchUp catchUp() {
        CatchUp usual = CatchUp.STANDARD;
        Tree.Branch branch = fields.branch("catchUp");
        if (branch == null) {
            return usual;
        }
        String below = prefix + "catchUp.";
        Fields said = new Fields(branch, below, problems);
        CatchUp read = new CatchUp(
                Objects.requireNonNullElse(said.choice("policy", CatchUp.Policy.class), usual.policy()),
                Objects.requireNonNullElse(said.smallNumber("count"), usual.count()),
                Objects.requireNonNullElse(duration(said, below, "age"), usual.age()),
                Objects.requireNonNullElse(duration(said, below, "spread"), usual.spread()));
        said.end();
        return read;
    }

    private Duration duration(Fields from, String before, String name) {
        String text = from.text(name);
        try {
            return text == null ? null : Duration.parse(text);
        } catch (DateTimeException | ArithmeticException unreadable) {
            problems.add(before + name, text, "invalid.duration");
            return null;
        }
    }

    private Instant instant(String name) {
        String text = fields.text(name);
        if (text == null) {
            return null;
        }
        try {
            OffsetDateTime read = OffsetDateTime.parse(text);
            if (read.getNano() == 0 && read.getYear() >= FIRST_YEAR && read.getYear() <= LAST_YEAR) {
                return read.toInstant();
            }
        } catch (DateTimeException unreadable) {
            // said below
        }
        problems.add(prefix + name, text, "invalid.instant");
        return null;
    }
}
