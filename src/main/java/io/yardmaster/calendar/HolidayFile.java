package io.yardmaster.calendar;

import io.yardmaster.database.Invalid;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Locale;

/** Reads the days of a calendar out of what other programs write: iCalendar (RFC 5545) or CSV. */
public final class HolidayFile {
    /** Bytes or characters. */
    public static final int LARGEST = 1 << 20;

    /** Years beyond this one to whose end rules without an end are followed. */
    public static final int YEARS_AHEAD = 5;

    static final String FIELD = "file";
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final char REPLACEMENT = '\uFFFD';

    private HolidayFile() {}

    /** Up to which day a rule without an end is followed: the end of a year, {@value #YEARS_AHEAD} years from now. */
    public static LocalDate horizon(LocalDate today) {
        return LocalDate.of(Math.min(today.getYear() + YEARS_AHEAD, CalendarRules.LATEST.getYear()), 12, 31);
    }

    /**
     * @param file in UTF-8, or in UTF-16 with a byte order mark
     * @param horizon the last day up to which rules are followed
     * @throws Invalid naming the line and what stands there
     */
    public static ImportedDays read(byte[] file, LocalDate horizon) {
        checkSize(file.length);
        return read(text(file), horizon);
    }

    /** As {@link #read(byte[], LocalDate)}. */
    public static ImportedDays read(String text, LocalDate horizon) {
        checkSize(text.length());
        String clean = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        checkCharacters(clean);
        String start = clean.substring(0, Math.min(clean.length(), 200)).strip().toUpperCase(Locale.ROOT);
        FoundDays found = new FoundDays();
        if (start.startsWith("BEGIN:")) {
            new IcsDays(found, horizon).read(clean);
        } else {
            CsvDays.read(clean, found);
        }
        return found.all();
    }

    private static void checkSize(int size) {
        if (size > LARGEST) {
            throw new Invalid(FIELD, size, "invalid.import.large", LARGEST >> 20);
        }
    }

    private static void checkCharacters(String text) {
        int line = 1;
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            line += one == '\n' ? 1 : 0;
            boolean broken = Character.isSurrogate(one)
                    && !(Character.isHighSurrogate(one)
                            ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                            : i > 0 && Character.isHighSurrogate(text.charAt(i - 1)));
            if (one == 0 || broken) {
                throw new Invalid(FIELD, null, "invalid.import.character", line, String.format("%04X", (int) one));
            }
        }
        if (text.isBlank()) {
            throw new Invalid(FIELD, null, "invalid.import.empty");
        }
    }

    private static String text(byte[] file) {
        boolean wide = file.length > 1
                && ((file[0] == (byte) 0xFE && file[1] == (byte) 0xFF)
                        || (file[0] == (byte) 0xFF && file[1] == (byte) 0xFE));
        return decoded(file, wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
    }

    private static String decoded(byte[] file, Charset charset) {
        ByteBuffer in = ByteBuffer.wrap(file);
        CharBuffer out = CharBuffer.allocate(file.length + 1);
        CoderResult result = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(in, out, true);
        String read = out.flip().toString();
        if (result.isError()) {
            long line = 1 + read.chars().filter(one -> one == '\n').count();
            String there = read.substring(read.lastIndexOf('\n') + 1).strip() + REPLACEMENT;
            throw new Invalid(FIELD, there, "invalid.import.encoding", line, in.position() + 1);
        }
        return read;
    }
}
