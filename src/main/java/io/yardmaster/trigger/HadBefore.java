package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import io.yardmaster.queue.MadeUpFire;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Instants that a schedule had by the timetable it followed before: a calendar may have them due once more. */
final class HadBefore {
    /** Indexes {@code schedule_pkey}, {@code schedule_stretch_pkey}, {@code fire_pkey}; counted, so that it is looked up and never joined. */
    private static final String PLACES = """
            SELECT f.place - 1 AS place
            FROM unnest(:schedules, :nominals) WITH ORDINALITY AS f (schedule_id, nominal_at, place)
            JOIN schedule s ON s.id = f.schedule_id
            WHERE (SELECT count(*) FROM schedule_stretch x
                JOIN fire d ON d.timetable_id = x.timetable_id AND d.nominal_at = f.nominal_at AND d.runs > 0
                WHERE x.schedule_id = s.id AND x.timetable_id <> s.timetable_id
                    AND coalesce(d.due_at, d.nominal_at) > x.from_at AND coalesce(d.due_at, d.nominal_at) <= x.through_at) > 0
            """;

    private HadBefore() {}

    /** Those of {@code fires} that their schedules did not have. */
    static List<MadeUpFire> without(Transaction transaction, List<MadeUpFire> fires) {
        Set<Integer> had = new HashSet<>(transaction
                .sql()
                .createQuery(PLACES)
                .bindArray(
                        "schedules",
                        Long.class,
                        fires.stream().map(MadeUpFire::schedule).toList())
                .bindArray(
                        "nominals",
                        Instant.class,
                        fires.stream().map(MadeUpFire::nominal).toList())
                .mapTo(Integer.class)
                .list());
        return IntStream.range(0, fires.size())
                .filter(place -> !had.contains(place))
                .mapToObj(fires::get)
                .toList();
    }
}
