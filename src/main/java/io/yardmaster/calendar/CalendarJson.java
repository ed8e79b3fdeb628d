package io.yardmaster.calendar;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Calendars as the database holds them. */
final class CalendarJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private CalendarJson() {}

    static String write(BusinessCalendar calendar) {
        ObjectNode root = JSON.createObjectNode();
        calendar.weekdays().forEach(day -> root.withArray("/weekdays").add(day.name()));
        write(root.putObject("holidays"), calendar.holidays());
        write(root.putObject("workdays"), calendar.workdays());
        for (Blackout blackout : calendar.blackouts()) {
            root.withArray("/blackouts")
                    .addObject()
                    .put("from", blackout.from().toString())
                    .put("to", blackout.to().toString());
        }
        root.put("knownThrough", calendar.knownThrough().toString());
        return root.toString();
    }

    static BusinessCalendar read(String text) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a stored calendar cannot be read: " + text, broken);
        }
        Set<DayOfWeek> weekdays = EnumSet.noneOf(DayOfWeek.class);
        root.path("weekdays").forEach(day -> weekdays.add(DayOfWeek.valueOf(day.textValue())));
        List<Blackout> blackouts = new ArrayList<>();
        for (JsonNode blackout : root.path("blackouts")) {
            blackouts.add(new Blackout(time(blackout.get("from")), time(blackout.get("to"))));
        }
        LocalDate knownThrough = LocalDate.parse(root.get("knownThrough").textValue());
        return new BusinessCalendar(
                weekdays, days(root.path("holidays")), days(root.path("workdays")), blackouts, knownThrough);
    }

    private static void write(ObjectNode node, Map<LocalDate, String> days) {
        days.forEach((day, name) -> node.put(day.toString(), name));
    }

    private static SortedMap<LocalDate, String> days(JsonNode node) {
        SortedMap<LocalDate, String> days = new TreeMap<>();
        node.properties()
                .forEach(day ->
                        days.put(LocalDate.parse(day.getKey()), day.getValue().textValue()));
        return days;
    }

    private static LocalTime time(JsonNode node) {
        return LocalTime.parse(node.textValue());
    }
}
