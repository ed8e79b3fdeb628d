package io.yardmaster.app;

import io.yardmaster.calendar.BusinessCalendar;
import io.yardmaster.calendar.CalendarRules;
import io.yardmaster.calendar.HolidayFile;
import io.yardmaster.calendar.ImportedDays;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Said;
import io.yardmaster.web.definition.Document.CalendarDocument;
import io.yardmaster.web.definition.DocumentReader;
import io.yardmaster.web.definition.Format;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A business calendar as a file: a document as the API has it, or holidays in iCalendar or CSV beside the usual working
 * week.
 *
 * @param remarks what was left out, and why
 */
record CalendarFile(BusinessCalendar calendar, List<Said> remarks) {
    /**
     * @param horizon the last day up to which rules without an end are followed
     * @throws Refused on one line, if it is none
     */
    static CalendarFile read(Path file, LocalDate horizon) {
        byte[] content = content(file);
        String name = file.toString().toLowerCase(Locale.ROOT);
        try {
            return name.endsWith(".ics") || name.endsWith(".csv")
                    ? holidays(HolidayFile.read(content, horizon), horizon)
                    : document(new String(content, StandardCharsets.UTF_8), name.endsWith(".json"));
        } catch (Invalid wrong) {
            String told = wrong.problems().stream()
                    .map(problem -> problem.field().equals("file")
                            ? problem.message()
                            : problem.field() + ": " + problem.message())
                    .collect(Collectors.joining("; "));
            throw new Refused("calendar " + file + ": " + told, wrong);
        }
    }

    private static byte[] content(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            // one more, which is too many
            return in.readNBytes(HolidayFile.LARGEST + 1);
        } catch (NoSuchFileException missing) {
            throw new Refused("calendar " + file + ": there is no such file", missing);
        } catch (IOException unreadable) {
            throw new Refused("calendar " + file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private static CalendarFile holidays(ImportedDays days, LocalDate horizon) {
        BusinessCalendar calendar = BusinessCalendar.plain(horizon).with(days.holidays(), days.workdays());
        return new CalendarFile(calendar, days.remarks());
    }

    private static CalendarFile document(String text, boolean json) {
        if (text.length() > HolidayFile.LARGEST) {
            throw new Invalid("file", null, "invalid.import.large", HolidayFile.LARGEST >> 20);
        }
        if (!(DocumentReader.read(text, json ? Format.JSON : Format.YAML) instanceof CalendarDocument document)) {
            throw new Invalid("kind", null, "invalid.calendar.document");
        }
        Invalid.Problems problems = new Invalid.Problems();
        CalendarRules.check(document.draft().content(), problems);
        problems.throwIfAny();
        return new CalendarFile(document.draft().content(), List.of());
    }
}
