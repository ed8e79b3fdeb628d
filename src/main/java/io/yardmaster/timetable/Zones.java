package io.yardmaster.timetable;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Optional;

/** Names of time zones. */
final class Zones {
    private Zones() {}

    /** @throws BadTimetable if {@code name} is no zone, with the likely spelling if there is one */
    static ZoneId parse(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            throw suggestion(name)
                    .map(near -> new BadTimetable("zone", name, 0, "invalid.zone.meant", near))
                    .orElseGet(() -> new BadTimetable("zone", name, 0, "invalid.zone.unknown"));
        }
    }

    private static Optional<String> suggestion(String name) {
        String wanted = name.strip().replace(' ', '_');
        return ZoneId.getAvailableZoneIds().stream()
                .filter(id -> id.equalsIgnoreCase(wanted)
                        || id.substring(id.lastIndexOf('/') + 1).equalsIgnoreCase(wanted))
                .min(Comparator.naturalOrder());
    }
}
