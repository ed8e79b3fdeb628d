package io.yardmaster.web.forecast;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.yardmaster.database.Database;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.trigger.ComingFires;
import io.yardmaster.trigger.Forecast;
import io.yardmaster.trigger.Upcoming;
import io.yardmaster.web.api.Cursor;
import io.yardmaster.web.api.PageAnswer;
import io.yardmaster.web.api.Query;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/** What is going to fire. */
@Path("api/v1/forecast")
@Produces(MediaType.APPLICATION_JSON)
public final class ForecastResource {
    private static final String LIST = "forecast";
    private static final List<String> PERIODS = List.of("24h", "7d");

    private final ComingFires fires = new ComingFires();
    private final Database database;

    public ForecastResource(Database database) {
        this.database = database;
    }

    private record Known(List<Upcoming> schedules, Instant now) {}

    /** Runs by cell of {@code stepSeconds} from {@code start} on, and what stands out. */
    @SuppressWarnings("ArrayRecordComponent") // many figures, never compared
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Answer(
            Instant start,
            int stepSeconds,
            long[] runs,
            long total,
            long bound,
            List<Forecast.HotSpot> hotSpots,
            Forecast.Spread spread,
            int leftOut) {}

    /** One run to come. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Fire(Instant startAt, Instant nominal, String namespace, String job, String schedule, String adjustment) {
        static Fire of(ComingFires.ComingFire fire) {
            Upcoming of = fire.of();
            return new Fire(fire.startAt(), fire.nominal(), of.namespace(), of.jobName(), of.name(), fire.adjustment());
        }
    }

    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.ANYWHERE)
    public Answer forecast(
            @QueryParam("namespace") String namespace,
            @QueryParam("job") String job,
            @QueryParam("period") String period,
            @QueryParam("most") String most,
            @Context Caller caller) {
        Query query = new Query();
        Ahead ahead = Ahead.of(query.choice("period", period, PERIODS)).orElse(Ahead.DAY);
        long bound = query.number("most", most, 1, 1_000_000, 0);
        String name = query.text("job", job);
        query.end();
        Known known = read(Query.namespaces(caller, namespace), name);
        Forecast found = Forecast.of(known.schedules, ahead.grid(known.now, ZoneOffset.UTC), bound);
        return new Answer(
                found.grid().start(),
                found.grid().step(),
                found.runs(),
                found.total(),
                found.bound(),
                found.hotSpots(),
                found.spread(),
                found.leftOut());
    }

    @GET
    @Path("fires")
    @Requires(value = Permission.VIEW, on = ObjectRule.ANYWHERE)
    public PageAnswer<Fire> fires(
            @QueryParam("namespace") String namespace,
            @QueryParam("job") String job,
            @QueryParam("period") String period,
            @QueryParam("cursor") String cursor,
            @QueryParam("limit") String limit,
            @Context Caller caller) {
        Query query = new Query();
        int rows = query.limit(limit);
        boolean week = query.choice("period", period, PERIODS).equals("7d");
        String name = query.text("job", job);
        query.end();
        ComingFires.Place given = Cursor.read(LIST, cursor, null, ForecastResource::place);
        Known known = read(Query.namespaces(caller, namespace), name);
        ComingFires.Place place = given == null ? ComingFires.Place.from(known.now) : given;
        Instant through = known.now.plus(Duration.ofDays(week ? 7 : 1));
        return PageAnswer.of(
                fires.list(known.schedules, known.now, place, through, rows + 1),
                rows,
                Fire::of,
                last -> Cursor.of(
                        LIST,
                        List.of(
                                last.startAt().toString(),
                                Long.toString(last.of().schedule()),
                                last.nominal().toString())));
    }

    /** @param job {@code namespace/name}; null for all */
    private Known read(Set<String> namespaces, String job) {
        return database.inTransaction(transaction -> {
            List<Upcoming> like = Upcoming.read(transaction, namespaces, job == null ? "" : job);
            return new Known(
                    like.stream().filter(one -> job == null || one.isOf(job)).toList(), transaction.now());
        });
    }

    private static ComingFires.Place place(List<String> key) {
        return new ComingFires.Place(second(key.get(0)), Long.parseLong(key.get(1)), second(key.get(2)));
    }

    /** Of this list, and so of no other time than the one that begins now. */
    private static Instant second(String text) {
        Instant second = Instant.parse(text).truncatedTo(ChronoUnit.SECONDS);
        if (second.isBefore(Instant.EPOCH)) {
            throw new IllegalArgumentException(text);
        }
        return second;
    }
}
