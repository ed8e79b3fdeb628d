package io.yardmaster.app;

import io.yardmaster.calendar.BusinessCalendar;
import io.yardmaster.calendar.HolidayFile;
import io.yardmaster.calendar.ImportedDays;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Said;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Holidays in iCalendar or CSV beside the usual working week.
 *
 * @param remarks what was left out, and why
 */
record CalendarFile(BusinessCalendar calendar, List<Said> remarks) {
    /**
     * @param horizon the last day up to which rules without an end are followed
     * @throws Refused on one line, if it is none
     */
    static CalendarFile read(Path file, LocalDate horizon) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".ics") && !name.endsWith(".csv")) {
            throw new Refused("calendar " + file + ": right would be a file whose name ends in .ics or .csv");
        }
        try {
            return holidays(HolidayFile.read(content(file), horizon), horizon);
        } catch (Invalid wrong) {
            String told =
                    wrong.problems().stream().map(Invalid.Problem::message).collect(Collectors.joining("; "));
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
}
