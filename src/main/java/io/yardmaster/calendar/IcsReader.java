package io.yardmaster.calendar;

import com.github.mangstadt.vinnie.SyntaxStyle;
import com.github.mangstadt.vinnie.VObjectProperty;
import com.github.mangstadt.vinnie.io.Context;
import com.github.mangstadt.vinnie.io.SyntaxRules;
import com.github.mangstadt.vinnie.io.VObjectDataAdapter;
import com.github.mangstadt.vinnie.io.VObjectReader;
import com.github.mangstadt.vinnie.io.Warning;
import io.yardmaster.database.Invalid;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Takes the events out of an iCalendar file, each with the lines that stand directly in it. */
final class IcsReader extends VObjectDataAdapter {
    private static final String CALENDAR = "VCALENDAR";
    private static final String EVENT = "VEVENT";
    private static final int DEEPEST = 5;
    /** About letters only, which stay as they are written then. */
    private static final Set<Warning> WORDING = EnumSet.of(Warning.QUOTED_PRINTABLE_ERROR, Warning.UNKNOWN_CHARSET);

    private final List<IcsEvent> events = new ArrayList<>();
    private final List<String> open = new ArrayList<>();
    private final int before;

    private IcsReader(int before) {
        this.before = before;
    }

    /** @throws Invalid naming the line that is no part of such a file */
    static List<IcsEvent> events(String text) {
        String rest = text.stripLeading();
        int before = (int) text.substring(0, text.length() - rest.length())
                .chars()
                .filter(one -> one == '\n')
                .count();
        IcsReader reader = new IcsReader(before);
        try (VObjectReader lines = new VObjectReader(new StringReader(rest), new SyntaxRules(SyntaxStyle.NEW))) {
            lines.parse(reader);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        if (!reader.open.isEmpty()) {
            throw new Invalid(HolidayFile.FIELD, null, "invalid.import.open", reader.open.get(reader.open.size() - 1));
        }
        return reader.events;
    }

    @Override
    public void onComponentBegin(String name, Context context) {
        boolean right = open.isEmpty()
                ? name.equals(CALENDAR)
                : open.size() < DEEPEST && !name.equals(CALENDAR) && (!name.equals(EVENT) || open.size() == 1);
        if (!right) {
            throw unreadable(context);
        }
        open.add(name);
        if (name.equals(EVENT)) {
            events.add(new IcsEvent(line(context)));
        }
    }

    @Override
    public void onComponentEnd(String name, Context context) {
        // what is left open within would be closed with it, and a broken file be taken for a whole one
        String ended = context.getUnfoldedLine().strip();
        String innermost = open.remove(open.size() - 1);
        if (!ended.regionMatches(true, ended.length() - innermost.length(), innermost, 0, innermost.length())) {
            throw unreadable(context);
        }
    }

    @Override
    public void onProperty(VObjectProperty property, Context context) {
        if (open.isEmpty()) {
            throw unreadable(context);
        }
        if (open.get(open.size() - 1).equals(EVENT)) {
            events.get(events.size() - 1).add(new IcsLine(line(context), property.getName(), property.getValue()));
        }
    }

    @Override
    public void onWarning(Warning warning, VObjectProperty property, Exception thrown, Context context) {
        if (!WORDING.contains(warning)) {
            throw unreadable(context);
        }
    }

    private int line(Context context) {
        return context.getLineNumber() + before;
    }

    private Invalid unreadable(Context context) {
        String line = context.getUnfoldedLine();
        return new Invalid(HolidayFile.FIELD, line, "invalid.import.line", line(context), IcsLine.shortened(line));
    }
}
