package io.yardmaster.web.forecast;

import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.trigger.ComingFires;
import io.yardmaster.trigger.Forecast;
import io.yardmaster.trigger.ForecastGrid;
import io.yardmaster.trigger.Upcoming;
import io.yardmaster.web.Page;
import io.yardmaster.web.View;
import io.yardmaster.web.api.Query;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;

/** What is going to fire, as a map and as a list. */
@Path("forecast")
public final class ForecastPages {
    private static final int LINES = 50;
    private static final int LONGEST = 200;
    private static final Pattern PLACE = Pattern.compile("[0-9]{1,10}[.][0-9]{1,18}[.][0-9]{1,10}");

    private final ComingFires fires = new ComingFires();
    private final Database database;

    public ForecastPages(Database database) {
        this.database = database;
    }

    /** Read in a transaction, computed after it. */
    private record Known(List<Upcoming> schedules, Instant now) {}

    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.ANYWHERE)
    public View show(
            @QueryParam("period") @DefaultValue("24h") String period,
            @QueryParam("job") @DefaultValue("") String job,
            @QueryParam("most") @DefaultValue("") String most,
            @QueryParam("after") @DefaultValue("") String after,
            @Context Caller caller,
            @Context ZoneId zone) {
        Ahead ahead = Ahead.of(period).orElse(Ahead.DAY);
        Invalid.Problems wrong = wrong(period, job, most, after);
        String part = job.indexOf('\0') < 0 ? job : "";
        Known known = database.inTransaction(transaction ->
                new Known(Upcoming.read(transaction, Query.namespaces(caller, null), part), transaction.now()));
        ForecastGrid grid = ahead.grid(known.now, zone);
        Forecast forecast = Forecast.of(known.schedules, grid, bound(most));
        List<ComingFires.ComingFire> found =
                fires.list(known.schedules, known.now, place(after, known.now), grid.at(grid.cells()), LINES + 1);
        boolean more = found.size() > LINES;
        io.yardmaster.web.Query here = io.yardmaster.web.Query.of("period", ahead.word())
                .and("job", part)
                .and("most", bound(most) == 0 ? "" : most);
        Page page = Page.of("forecast/show")
                .with("ahead", ahead)
                .with("choices", Ahead.values())
                .with("job", part)
                .with("most", most)
                .with("forecast", forecast)
                .with("map", HeatMap.of(forecast, ahead))
                .with("fires", more ? found.subList(0, LINES) : found)
                .with("none", known.schedules.isEmpty())
                .with("first", after.isEmpty() ? null : here.toString())
                .with(
                        "next",
                        more ? here.and("after", place(found.get(LINES - 1))).toString() : null)
                .with(
                        "spreadBy",
                        forecast.spread() == null
                                ? null
                                : Duration.ofSeconds(forecast.spread().jitter()));
        return wrong.none() ? page : page.refused(new Invalid(wrong.all()));
    }

    private static Invalid.Problems wrong(String period, String job, String most, String after) {
        Invalid.Problems wrong = new Invalid.Problems();
        wrong.check(Ahead.of(period).isPresent(), "period", period, "invalid.choice", "24h, 7d");
        wrong.check(job.length() <= LONGEST && job.indexOf('\0') < 0, "job", job, "invalid.text.limit", LONGEST);
        wrong.check(most.isEmpty() || bound(most) > 0, "most", most, "invalid.range", 1, 999_999);
        wrong.check(after.isEmpty() || PLACE.matcher(after).matches(), "after", after, "invalid.cursor");
        return wrong;
    }

    /** 0 for none. */
    private static long bound(String most) {
        return most.matches("[1-9][0-9]{0,5}") ? Long.parseLong(most) : 0;
    }

    private static String place(ComingFires.ComingFire last) {
        return last.startAt().getEpochSecond() + "." + last.of().schedule() + "."
                + last.nominal().getEpochSecond();
    }

    private static ComingFires.Place place(String after, Instant now) {
        if (!PLACE.matcher(after).matches()) {
            return ComingFires.Place.from(now);
        }
        String[] parts = after.split("[.]", -1);
        return new ComingFires.Place(
                Instant.ofEpochSecond(Long.parseLong(parts[0])),
                Long.parseLong(parts[1]),
                Instant.ofEpochSecond(Long.parseLong(parts[2])));
    }
}
