package io.yardmaster.queue;

import io.yardmaster.database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * What another order would do to the runs that wait in a queue.
 *
 * @param waiting how many do
 * @param moving how many of them would have another place
 * @param now those that come first now, as they do
 * @param after those that would come first, as they would
 */
public record OrderPreview(long waiting, long moving, List<Place> now, List<Place> after) {
    /** Index {@code run_to_dispatch}, through the whole queue. */
    private static final String PLACES = """
            WITH waiting AS (
                SELECT r.id, r.job_id, r.priority, r.predicted_seconds, r.deadline_at,
                       row_number() OVER (ORDER BY r.order_key, r.id) AS now, %s AS new_key
                FROM run r %s WHERE r.queue_id = :queue AND r.state = 'QUEUED'
            ), placed AS (
                SELECT *, row_number() OVER (ORDER BY new_key, id) AS after FROM waiting
            ), counted AS (
                SELECT *, count(*) OVER () AS waiting, count(*) FILTER (WHERE now <> after) OVER () AS moving FROM placed
            )
            SELECT c.*, j.namespace, j.name FROM counted c JOIN job j ON j.id = c.job_id
            WHERE c.now <= :first OR c.after <= :first
            """;

    private static final String BY_KEY = PLACES.formatted("""
            order_key(:policy, order_factor(:policy, :slowdown, :ageing, :standard), r.ready_at, r.priority,
                      r.predicted_seconds, r.deadline_at)""", "");

    /** As {@link FairTags} begins. */
    private static final String BY_SHARE =
            PLACES.formatted("""
            sum(fair_cost(r.predicted_seconds, n.slots)) OVER (PARTITION BY CASE :fairBy WHEN 'JOB' THEN CAST(j.id AS text)
                ELSE j.namespace END ORDER BY r.ready_at, r.id ROWS UNBOUNDED PRECEDING)
                - fair_cost(r.predicted_seconds, n.slots)""", "JOIN job j ON j.id = r.job_id JOIN need n ON n.id = r.need_id");

    /**
     * A run's places, counted from 1, and what they come of.
     *
     * @param predictedSeconds null if nobody knows
     * @param deadlineAt null for none of its own
     */
    public record Place(
            long run,
            String namespace,
            String job,
            long now,
            long after,
            int priority,
            Double predictedSeconds,
            Instant deadlineAt) {}

    private record Counted(long waiting, long moving, Place place) {}

    /** What {@code order} would do in {@code queue}, with the {@code first} so many places; changes nothing. */
    public static OrderPreview of(Transaction transaction, long queue, QueueOrder order, int first) {
        Query query = order.fairBy() == null
                ? transaction
                        .sql()
                        .createQuery(BY_KEY)
                        .bind("policy", order.policy())
                        .bindByType("slowdown", order.slowdown(), Integer.class)
                        .bindByType("ageing", order.ageing(), Long.class)
                        .bindByType("standard", order.standardDeadline(), Long.class)
                : transaction.sql().createQuery(BY_SHARE).bind("fairBy", order.fairBy());
        List<Counted> rows = query.bind("queue", queue)
                .bind("first", first)
                .map(OrderPreview::counted)
                .list();
        List<Place> places = rows.stream().map(Counted::place).toList();
        return new OrderPreview(
                rows.isEmpty() ? 0 : rows.get(0).waiting(),
                rows.isEmpty() ? 0 : rows.get(0).moving(),
                places.stream()
                        .filter(place -> place.now() <= first)
                        .sorted(Comparator.comparingLong(Place::now))
                        .toList(),
                places.stream()
                        .filter(place -> place.after() <= first)
                        .sorted(Comparator.comparingLong(Place::after))
                        .toList());
    }

    private static Counted counted(ResultSet row, StatementContext context) throws SQLException {
        OffsetDateTime deadline = row.getObject("deadline_at", OffsetDateTime.class);
        Place place = new Place(
                row.getLong("id"),
                row.getString("namespace"),
                row.getString("name"),
                row.getLong("now"),
                row.getLong("after"),
                row.getInt("priority"),
                row.getObject("predicted_seconds", Double.class),
                deadline == null ? null : deadline.toInstant());
        return new Counted(row.getLong("waiting"), row.getLong("moving"), place);
    }
}
