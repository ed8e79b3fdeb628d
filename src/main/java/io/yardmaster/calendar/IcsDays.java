package io.yardmaster.calendar;

import io.yardmaster.database.Invalid;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Days out of the events of an iCalendar file (RFC 5545): each event names the whole days that it covers. */
final class IcsDays {
    private final FoundDays found;
    private final IcsRules rules;
    /** Days of repeating events that an event of its own replaces, by the identifier that both have. */
    private final Map<String, Set<LocalDate>> replaced = new HashMap<>();

    IcsDays(FoundDays found, LocalDate horizon) {
        this.found = found;
        this.rules = new IcsRules(found, horizon);
    }

    /** @throws Invalid naming line, field and value of the first thing that cannot be read */
    void read(String text) {
        List<IcsEvent> events = IcsReader.events(text);
        if (events.isEmpty()) {
            throw new Invalid(HolidayFile.FIELD, null, "invalid.import.no-events");
        }
        for (IcsEvent event : events) {
            if (event.replaces() != null) {
                replaced.computeIfAbsent(event.identifier(), any -> new HashSet<>())
                        .add(event.replaces());
            }
        }
        events.forEach(this::add);
    }

    private void add(IcsEvent event) {
        if (event.cancelled()) {
            found.remark("import.cancelled", event.line(), event.name());
            return;
        }
        IcsSpan span = event.span();
        if (span.days() == 0) {
            found.remark("import.not-whole", event.line(), event.name());
            return;
        }
        Set<LocalDate> out = new HashSet<>(event.leftOut());
        if (event.replaces() == null) {
            out.addAll(replaced.getOrDefault(event.identifier(), Set.of()));
        }
        for (LocalDate start : rules.starts(event)) {
            if (!out.contains(start)) {
                addDays(event, span.from(start), span.days());
            }
        }
    }

    private void addDays(IcsEvent event, LocalDate first, long days) {
        for (long day = 0; day < days; day++) {
            found.add(first.plusDays(day), event.name(), event.works(), event.line());
        }
    }
}
