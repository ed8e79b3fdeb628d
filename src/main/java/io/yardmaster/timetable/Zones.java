package io.yardmaster.timetable;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Comparator;

/** Names of time zones. */
final class Zones {
    private Zones() {}

    /** @throws BadTimetable if {@code name} is no zone, with the likely spelling if there is one */
    static ZoneId parse(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            throw new BadTimetable(
                    "zone", name, 0, "zone is '" + name + "', which is unknown; right would be " + suggestion(name));
        }
    }

    private static String suggestion(String name) {
        String wanted = name.strip().replace(' ', '_');
        return ZoneId.getAvailableZoneIds().stream()
                .filter(id -> id.equalsIgnoreCase(wanted)
                        || id.substring(id.lastIndexOf('/') + 1).equalsIgnoreCase(wanted))
                .min(Comparator.naturalOrder())
                .orElse("an IANA name such as Europe/Berlin, or UTC");
    }
}
