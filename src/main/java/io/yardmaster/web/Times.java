package io.yardmaster.web;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes times for one viewer. */
final class Times {
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS 'UTC'").withZone(ZoneOffset.UTC);
    private static final int TWO_MINUTES = 120;
    private static final int TWO_HOURS = 2 * 60 * 60;
    private static final int TWO_DAYS = 2 * 24 * 60 * 60;

    private final Surroundings around;
    private final Messages messages;

    Times(Surroundings around, Messages messages) {
        this.around = around;
        this.messages = messages;
    }

    /** @param hover what the pointer shows: UTC to the millisecond, or the other form */
    record Shown(String text, String hover) {}

    /** With its zone, so that no time is without one. */
    Shown at(Instant instant) {
        return new Shown(local(instant), UTC.format(instant));
    }

    Shown ago(Instant instant) {
        long seconds = Duration.between(instant, around.now()).toSeconds();
        String key = seconds >= 0 ? "time.ago" : "time.in";
        String text = messages.say(around.language(), key, rough(Math.abs(seconds)));
        return new Shown(text, local(instant) + " · " + UTC.format(instant));
    }

    /** To the millisecond below ten seconds, to the second above. */
    String lasted(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 10) {
            return say(
                    "time.seconds-exact",
                    String.format(around.language().locale(), "%.1f", duration.toMillis() / 1000.0));
        }
        if (seconds < 60) {
            return say("time.seconds", seconds);
        }
        return seconds < 60 * 60
                ? say("time.minutes-seconds", seconds / 60, seconds % 60)
                : say("time.hours-minutes", Long.toString(seconds / 3600), seconds / 60 % 60);
    }

    private String rough(long seconds) {
        if (seconds < TWO_MINUTES) {
            return say("time.seconds", seconds);
        }
        if (seconds < TWO_HOURS) {
            return say("time.minutes", seconds / 60);
        }
        return seconds < TWO_DAYS ? say("time.hours", seconds / 3600) : say("time.days", seconds / 86_400);
    }

    private String say(String key, Object... arguments) {
        return messages.say(around.language(), key, arguments);
    }

    private String local(Instant instant) {
        ZoneId zone = around.zone();
        String name = zone.equals(ZoneOffset.UTC)
                ? "UTC"
                : DateTimeFormatter.ofPattern("zzz", java.util.Locale.ENGLISH)
                        .withZone(zone)
                        .format(instant);
        return LOCAL.withZone(zone).format(instant) + " " + name;
    }
}
