package io.yardmaster.dispatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.yardmaster.queue.Balancing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A row of {@code decision}, taken apart for one of its runs. */
final class RecordedDecision {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ResultSet row;
    private final int index;
    private final List<Considered> nodes;
    private final Map<String, String> names;
    private final Integer[] places;

    /** @param index of the run among those of the decision, from 0 */
    RecordedDecision(ResultSet row, int index) throws SQLException {
        this.row = row;
        this.index = index;
        this.nodes = Considered.fromJson(row.getString("candidates"));
        this.names = names(row.getString("names"));
        this.places = this.<Integer>array("places");
    }

    RunDecision read() throws SQLException {
        Integer[] others = array("shadow_places");
        return new RunDecision(
                row.getString("id"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("server"),
                Balancing.valueOf(row.getString("balancer")),
                others == null ? null : Balancing.valueOf(row.getString("shadow")),
                index + 1,
                places.length,
                this.<Boolean>array("tied")[index],
                others == null || others[index] == Decision.NOWHERE ? null : name(nodes.get(others[index])),
                others == null ? null : others[index].equals(places[index]),
                options());
    }

    private List<RunDecision.Option> options() throws SQLException {
        List<RunDecision.Option> options = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            options.add(option(nodes.get(i), i));
        }
        return options;
    }

    private RunDecision.Option option(Considered node, int place) throws SQLException {
        return new RunDecision.Option(
                node.node(),
                name(node),
                places[index] == place,
                node.slots(),
                node.busy() + givenBefore(place),
                node.weight(),
                node.work() / node.slots(),
                node.cpu(),
                node.memory(),
                node.disk(),
                score(place),
                node.exclusion());
    }

    /** Slots of the node that earlier runs of the same decision got. */
    private int givenBefore(int place) throws SQLException {
        Integer[] slots = array("slots");
        int given = 0;
        for (int i = 0; i < index; i++) {
            given += places[i] == place ? slots[i] : 0;
        }
        return given;
    }

    private Float score(int place) throws SQLException {
        Float[] scores = array("scores");
        int candidates =
                (int) nodes.stream().filter(node -> node.exclusion() == null).count();
        if (scores.length != places.length * candidates) {
            return places[index] == place ? scores[index] : null;
        }
        return place < candidates ? scores[index * candidates + place] : null;
    }

    private String name(Considered node) {
        return names.get(node.node());
    }

    @SuppressWarnings("unchecked")
    private <T> T[] array(String column) throws SQLException {
        java.sql.Array array = row.getArray(column);
        return array == null ? null : (T[]) array.getArray();
    }

    private static Map<String, String> names(String json) throws SQLException {
        try {
            return JSON.readValue(json, new TypeReference<Map<String, String>>() {});
        } catch (JsonProcessingException unreadable) {
            throw new SQLException("names of nodes that the database made cannot be read", unreadable);
        }
    }
}
