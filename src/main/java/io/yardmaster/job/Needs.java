package io.yardmaster.job;

import io.yardmaster.database.Transaction;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The needs that there are. What an id stands for never changes, so each server keeps what it has seen. */
public final class Needs {
    /** Of {@link Need#NONE}. */
    private static final long NONE = 0;

    /** Index {@code need_once}. The one that is there is updated to itself, so that it is told either way. */
    private static final String ID = """
            INSERT INTO need (slots, must, prefer, avoid) VALUES (:slots, :must, :prefer, :avoid)
            ON CONFLICT ON CONSTRAINT need_once DO UPDATE SET slots = excluded.slots RETURNING id
            """;

    private final Map<Long, Need> seen = new ConcurrentHashMap<>(Map.of(NONE, Need.NONE));

    /** Finds {@code need}, or makes it. */
    static long id(Transaction transaction, Need need) {
        if (need.equals(Need.NONE)) {
            return NONE;
        }
        return transaction
                .sql()
                .createQuery(ID)
                .bind("slots", need.slots())
                .bindArray("must", String.class, need.must())
                .bindArray("prefer", String.class, need.prefer())
                .bindArray("avoid", String.class, need.avoid())
                .mapTo(Long.class)
                .one();
    }

    /** What {@code ids} stand for. Index {@code need_pkey}, for those not seen before. */
    public Map<Long, Need> of(Transaction transaction, Collection<Long> ids) {
        List<Long> unseen = ids.stream().filter(id -> !seen.containsKey(id)).toList();
        if (!unseen.isEmpty()) {
            transaction
                    .sql()
                    .createQuery("SELECT id, slots, must, prefer, avoid FROM need WHERE id = ANY (:ids)")
                    .bindArray("ids", Long.class, unseen)
                    .map((row, context) -> seen.put(row.getLong("id"), need(row)))
                    .list();
        }
        return seen;
    }

    private static Need need(ResultSet row) throws SQLException {
        return new Need(row.getInt("slots"), texts(row, "must"), texts(row, "prefer"), texts(row, "avoid"));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return List.of((String[]) array.getArray());
    }
}
