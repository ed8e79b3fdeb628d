package io.yardmaster.calendar;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.yardmaster.database.Invalid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Days out of CSV (RFC 4180): columns date, name and, if there is a third, kind ({@code holiday} or {@code working}). A
 * first line without a date names the columns, which may then stand in any order.
 */
final class CsvDays {
    private static final Map<String, String> COLUMNS =
            Map.of("date", "date", "日期", "date", "name", "name", "名称", "name", "kind", "kind", "类型", "kind");
    private static final List<String> USUAL = List.of("date", "name", "kind");
    private static final Set<String> HOLIDAY = Set.of("", "holiday", "节假日");
    private static final Set<String> WORKING = Set.of("working", "workday", "工作日");
    private static final List<DateTimeFormatter> DATES = Stream.of("uuuu-M-d", "uuuu/M/d", "uuuuMMdd", "d.M.uuuu")
            .map(pattern -> DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withResolverStyle(ResolverStyle.STRICT))
            .toList();

    private final List<String> columns;
    private final CsvRecord row;

    private CsvDays(List<String> columns, CsvRecord row) {
        this.columns = columns;
        this.row = row;
    }

    static void read(String text, FoundDays found) {
        List<String> columns = null;
        long line = 0;
        try (CsvReader<CsvRecord> rows = reader(text)) {
            for (CsvRecord row : rows) {
                line = row.getStartingLineNumber();
                boolean heads = columns == null && row.getFields().stream().noneMatch(CsvDays::hasDigit);
                if (columns == null) {
                    columns = heads ? named(row) : USUAL;
                }
                if (!heads) {
                    new CsvDays(columns, row).addTo(found);
                }
            }
        } catch (CsvParseException broken) {
            throw new Invalid(HolidayFile.FIELD, null, "invalid.import.csv", broken.getMessage());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        if (text.chars().filter(one -> one == '"').count() % 2 == 1) {
            // the reader would take the rest of the file for a name
            throw new Invalid(HolidayFile.FIELD, null, "invalid.import.quote", line);
        }
    }

    private static CsvReader<CsvRecord> reader(String text) {
        return CsvReader.builder()
                .fieldSeparator(separator(text))
                .skipEmptyLines(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord(text);
    }

    /** That which the first line that says something has first. */
    private static char separator(String text) {
        String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        return (char) first.replaceAll("\"[^\"]*\"", "")
                .chars()
                .filter(one -> one == ',' || one == ';' || one == '\t')
                .findFirst()
                .orElse(',');
    }

    private static boolean hasDigit(String field) {
        return field.chars().anyMatch(Character::isDigit);
    }

    private static List<String> named(CsvRecord row) {
        List<String> columns = new ArrayList<>();
        for (String field : row.getFields()) {
            columns.add(COLUMNS.getOrDefault(field.strip().toLowerCase(Locale.ROOT), ""));
        }
        if (!columns.contains("date")) {
            throw new Invalid(
                    HolidayFile.FIELD,
                    String.join(",", row.getFields()),
                    "invalid.import.columns",
                    row.getStartingLineNumber(),
                    String.join(", ", row.getFields()));
        }
        return columns;
    }

    private void addTo(FoundDays found) {
        if (row.getFields().stream().allMatch(String::isBlank)) {
            return;
        }
        if (row.getFieldCount() > columns.size()) {
            throw wrong(columns.size(), "invalid.import.fields", row.getFieldCount(), columns.size());
        }
        found.add(day(), field("name"), works(), line());
    }

    private LocalDate day() {
        String typed = field("date");
        for (DateTimeFormatter pattern : DATES) {
            try {
                return LocalDate.parse(typed, pattern);
            } catch (DateTimeException other) {
                // perhaps the next one
            }
        }
        throw wrong(columns.indexOf("date"), "invalid.import.date", typed);
    }

    private boolean works() {
        String typed = field("kind");
        String kind = typed.toLowerCase(Locale.ROOT);
        if (!HOLIDAY.contains(kind) && !WORKING.contains(kind)) {
            throw wrong(columns.indexOf("kind"), "invalid.import.kind", typed);
        }
        return WORKING.contains(kind);
    }

    private String field(String column) {
        int index = columns.indexOf(column);
        return index < 0 || index >= row.getFieldCount()
                ? ""
                : row.getField(index).strip();
    }

    private int line() {
        return Math.toIntExact(row.getStartingLineNumber());
    }

    private Invalid wrong(int column, String key, Object... arguments) {
        Object[] all = Stream.concat(Stream.of(line(), column + 1), Stream.of(arguments))
                .toArray();
        return new Invalid(HolidayFile.FIELD, arguments[0], key, all);
    }
}
