package io.yardmaster.timetable;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;

/**
 * A change of a zone's clock.
 *
 * @param second epoch second at which it happens
 */
record ClockChange(ZoneId zone, long second) {
    private static final List<String> ZONES = List.of(
            "America/New_York",
            "Europe/Berlin",
            "Australia/Lord_Howe",
            "America/Santiago",
            "Africa/Cairo",
            "Africa/Casablanca",
            "Asia/Kolkata",
            "Pacific/Apia",
            "Antarctica/Troll");

    /** All of odd zones from 2020 to 2037, Samoa's lost day of 2011 too, and one moment for a zone that has none. */
    static List<ClockChange> all() {
        List<ClockChange> changes = new ArrayList<>();
        for (String zone : ZONES) {
            ZoneId id = ZoneId.of(zone);
            Instant from = Instant.parse(zone.equals("Pacific/Apia") ? "2010-01-01T00:00:00Z" : "2020-01-01T00:00:00Z");
            ZoneOffsetTransition next = id.getRules().nextTransition(from);
            while (next != null && next.getDateTimeBefore().getYear() <= 2037) {
                changes.add(new ClockChange(id, next.toEpochSecond()));
                next = id.getRules().nextTransition(next.getInstant());
            }
        }
        changes.add(new ClockChange(ZoneId.of("Asia/Kolkata"), 1_790_000_000L));
        return changes;
    }
}
