package io.yardmaster.web.schedule;

import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;

/** The zones that a page offers: those of cities, and UTC. Others are accepted too. */
public final class ZoneChoice {
    private static final Pattern CITY =
            Pattern.compile("(Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.+|UTC");
    private static final List<String> ALL = ZoneId.getAvailableZoneIds().stream()
            .filter(zone -> CITY.matcher(zone).matches())
            .sorted()
            .toList();

    private ZoneChoice() {}

    public static List<String> all() {
        return ALL;
    }
}
