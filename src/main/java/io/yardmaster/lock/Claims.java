package io.yardmaster.lock;

import io.yardmaster.database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** The claims that there are. What an id stands for never changes, so each server keeps what it has seen. */
public final class Claims {
    /** Index {@code claim_once}. The one that is there is updated to itself, so that it is told either way. */
    private static final String ID = """
            INSERT INTO claim (locks, units, waits) VALUES (:locks, :units, CAST(:waits AS jsonb))
            ON CONFLICT ON CONSTRAINT claim_once DO UPDATE SET locks = excluded.locks RETURNING id
            """;

    private final Map<Long, Claim> seen = new ConcurrentHashMap<>();

    /** Finds {@code claim}, or makes it. */
    public static long id(Transaction transaction, Claim claim) {
        return transaction
                .sql()
                .createQuery(ID)
                .bindArray(
                        "locks",
                        Long.class,
                        claim.parts().stream().map(Claim.Part::lock).toList())
                .bindArray(
                        "units",
                        Integer.class,
                        claim.parts().stream().map(Claim.Part::units).toList())
                .bind("waits", Waits.toJson(claim))
                .mapTo(Long.class)
                .one();
    }

    /** What {@code ids} stand for. Index {@code claim_pkey}, for those not seen before. */
    public Map<Long, Claim> of(Transaction transaction, Collection<Long> ids) {
        List<Long> unseen = ids.stream().filter(id -> !seen.containsKey(id)).toList();
        if (!unseen.isEmpty()) {
            transaction
                    .sql()
                    .createQuery("SELECT id, locks, units, waits FROM claim WHERE id = ANY (:ids)")
                    .bindArray("ids", Long.class, unseen)
                    .map((row, context) -> seen.put(row.getLong("id"), claim(row)))
                    .list();
        }
        return seen;
    }

    private static Claim claim(ResultSet row) throws SQLException {
        Long[] locks = (Long[]) row.getArray("locks").getArray();
        Integer[] units = (Integer[]) row.getArray("units").getArray();
        Map<Long, Claim.Wait> waits = Waits.fromJson(row.getString("waits"));
        return new Claim(IntStream.range(0, locks.length)
                .mapToObj(i -> new Claim.Part(locks[i], units[i], waits.get(locks[i])))
                .toList());
    }
}
