package io.yardmaster.dispatch;

import io.yardmaster.database.Database;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Need;
import io.yardmaster.node.NodeSessions;
import io.yardmaster.queue.AttemptEnd;
import io.yardmaster.queue.AttemptEnds;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.statement.Update;

/** Queues, jobs, nodes and runs for tests, made by SQL; and time, moved by setting rows back. */
public final class Yard {
    /** The product's own: 20 s of lease, 2 s of grace. */
    public static final LeaseTimes TIMES = LeaseTimes.of(Duration.ofSeconds(20), Duration.ofSeconds(2));

    private static final AtomicInteger NAMES = new AtomicInteger();

    private final Database database;
    private final Dispatching dispatching;

    public Yard(Database database) {
        this.database = database;
        this.dispatching = new Dispatching(database, new RunQueue(), new AttemptEnds(List.of()), TIMES, "depot:1");
    }

    public Dispatching dispatching() {
        return dispatching;
    }

    Dispatcher dispatcher() {
        return dispatching.dispatcher();
    }

    TakeBack takeBack() {
        return dispatching.takeBack();
    }

    /** Forgets everything, so that tests of one class do not meet. */
    public void clear() {
        database.useTransaction(transaction -> {
            for (String table : List.of(
                    "run",
                    "run_history",
                    "decision",
                    "run_note",
                    "output_chunk",
                    "lock_hold",
                    "lock_ticket",
                    "node_session",
                    "node")) {
                transaction.sql().execute("DELETE FROM " + table);
            }
            transaction.sql().execute("UPDATE job SET need_id = 0");
            transaction.sql().execute("DELETE FROM need WHERE id <> 0");
            transaction.sql().execute("UPDATE queue SET archived_at = clock_timestamp() WHERE name <> 'default'");
            transaction.sql().execute("UPDATE queue_state SET turn = 0, turn_began = 0, balancer_state = '{}'");
            transaction
                    .sql()
                    .execute("UPDATE pulse SET beaten_at = clock_timestamp(), grace_until = clock_timestamp()");
        });
    }

    public long queue(int weight, Integer maxRunning) {
        return one("""
                WITH q AS (
                    INSERT INTO queue (namespace, name, weight, max_running)
                    VALUES ('default', :name, :weight, CAST(:max AS integer)) RETURNING id)
                INSERT INTO queue_state (queue_id) SELECT id FROM q RETURNING queue_id""", Map.of("name", name("q"), "weight", weight, "max", maxRunning == null ? "" : maxRunning));
    }

    /** In the default queue. */
    public long job(String definition) {
        return one("""
                WITH j AS (
                    INSERT INTO job (namespace, name, queue_id, definition)
                    SELECT 'default', :name, id, CAST(:definition AS jsonb) FROM queue WHERE name = 'default'
                    RETURNING id, version, definition)
                INSERT INTO job_version (job_id, version, definition, changed_by)
                SELECT id, version, definition, 'ada' FROM j RETURNING job_id""", Map.of("name", name("job"), "definition", definition));
    }

    public long noop() {
        return job("{\"task\": {\"type\": \"noop\"}}");
    }

    /** A no-op whose runs need {@code need}. */
    public long needing(Need need) {
        long job = noop();
        change(
                """
                WITH n AS (
                    INSERT INTO need (slots, must, prefer, avoid)
                    VALUES (:slots, CAST(:must AS text[]), CAST(:prefer AS text[]), CAST(:avoid AS text[])) RETURNING id)
                UPDATE job SET need_id = n.id FROM n WHERE job.id = :job""",
                Map.of(
                        "slots", need.slots(),
                        "must", array(need.must()),
                        "prefer", array(need.prefer()),
                        "avoid", array(need.avoid()),
                        "job", job));
        return job;
    }

    private static String array(List<String> texts) {
        return "{" + String.join(",", texts) + "}";
    }

    public long noopAtMostOnce() {
        return job("{\"task\": {\"type\": \"noop\"}, \"delivery\": \"AT_MOST_ONCE\"}");
    }

    /** Ready runs of {@code job} in {@code queue}, the job's own if null; their ids in order. */
    public List<Long> runs(long job, Long queue, int count) {
        return database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("""
                        INSERT INTO run (state, job_id, job_version, queue_id, cause, caused_by, due_at, order_key, ready_at,
                                         need_id, claim_id)
                        SELECT 'QUEUED', j.id, j.version, coalesce(:queue, j.queue_id), 'MANUAL', 'ada',
                               clock_timestamp(), nextval('id_sequence'), clock_timestamp(), j.need_id, j.claim_id
                        FROM job j, generate_series(1, :count) WHERE j.id = :job RETURNING id""")
                .bindByType("queue", queue, Long.class)
                .bind("job", job)
                .bind("count", count)
                .mapTo(Long.class)
                .list());
    }

    public long node(int slots) {
        return one("""
                INSERT INTO node (name, credential_hash, slots)
                VALUES (:name, sha256(CAST(:name AS bytea)), :slots) RETURNING id""", Map.of("name", name("node"), "slots", slots));
    }

    /** A live session of a new node. */
    public Place place(int slots) {
        long node = node(slots);
        return new Place(node, session(node, slots));
    }

    public long session(long node, int slots) {
        return one("""
                INSERT INTO node_session (node_id, slots, started_at, lease_until, boot_id, host, address,
                                          worker_version, containment)
                VALUES (:node, :slots, clock_timestamp(), clock_timestamp() + interval '20 s', 'boot', 'host',
                        '127.0.0.1', '1', 'PID_NAMESPACE') RETURNING id""", Map.of("node", node, "slots", slots));
    }

    public record Place(long node, long session) {}

    /** Lets a session's lease have ended {@code seconds} ago. */
    public void silence(long session, double seconds) {
        change(
                "UPDATE node_session SET lease_until = clock_timestamp() - :seconds * interval '1 s' WHERE id = :id",
                Map.of("id", session, "seconds", seconds));
    }

    /** A heartbeat that tells what the worker holds. @return what it must kill; empty if its session is over */
    Optional<List<RunEpoch>> beat(Place place, List<RunEpoch> held) {
        return database.inTransaction(transaction -> dispatching
                .leases()
                .beat(transaction, place.session(), place.node(), new NodeSessions.Beat(false, 0, "{}"), held));
    }

    /** Slots of a session in use, as the dispatcher counts them. */
    long busy(Place place) {
        return count("SELECT busy FROM session_use(%d, clock_timestamp(), 0)".formatted(place.session()));
    }

    /** All offers of {@code session} accepted. */
    public List<AcceptedRun> acceptAll(Place place) {
        return database.inTransaction(transaction -> dispatching
                .acceptance()
                .accept(transaction, place.session(), place.node(), offersOf(transaction, place.session()))
                .orElseThrow());
    }

    /** A new run of {@code job} that runs at {@code place}, the only one with a free slot. */
    public long startedOn(Place place, long job) {
        long run = runs(job, null, 1).get(0);
        dispatchOnce();
        if (acceptAll(place).size() != 1) {
            throw new IllegalStateException("the run did not start there");
        }
        return run;
    }

    /** One pass of the dispatcher. */
    public void dispatchOnce() {
        dispatcher().pass();
    }

    /** One second's work of the take-back. */
    public void takeBackOnce() {
        takeBack().once();
    }

    /** All succeed. */
    public void finish(List<AcceptedRun> runs) {
        List<AttemptEnd> ended = runs.stream()
                .map(run -> new AttemptEnd(
                        run.ref().run(), run.ref().epoch(), RunState.SUCCEEDED, 0, null, null, null, Instant.now()))
                .toList();
        database.useTransaction(transaction -> new AttemptEnds(List.of()).end(transaction, ended));
    }

    public List<RunEpoch> offersOf(Transaction transaction, long session) {
        return transaction
                .sql()
                .createQuery("SELECT id, epoch FROM run WHERE session_id = :s AND state = 'ASSIGNED' ORDER BY id")
                .bind("s", session)
                .map((row, context) -> new RunEpoch(row.getLong("id"), row.getLong("epoch")))
                .list();
    }

    public String state(long run) {
        return text("SELECT state FROM run WHERE id = :id UNION ALL SELECT state FROM run_history WHERE id = :id", run);
    }

    public String sessionState(long session) {
        return text("SELECT state FROM node_session WHERE id = :id", session);
    }

    public long count(String sql) {
        return database.inTransaction(transaction ->
                transaction.sql().createQuery(sql).mapTo(Long.class).one());
    }

    public void change(String sql, Map<String, ?> values) {
        database.useTransaction(transaction -> {
            Update update = transaction.sql().createUpdate(sql);
            values.forEach(update::bind);
            update.execute();
        });
    }

    private String text(String sql, long id) {
        return database.inTransaction(transaction -> transaction
                .sql()
                .createQuery(sql)
                .bind("id", id)
                .mapTo(String.class)
                .one());
    }

    long one(String sql, Map<String, ?> values) {
        return database.inTransaction(transaction -> {
            var query = transaction.sql().createQuery(sql);
            values.forEach((key, value) -> query.bind(key, "".equals(value) ? null : value));
            return query.mapTo(Long.class).one();
        });
    }

    private static String name(String what) {
        return what + NAMES.incrementAndGet();
    }
}
