package io.yardmaster.web.run;

import io.yardmaster.database.Database;
import io.yardmaster.output.OutputPage;
import io.yardmaster.output.OutputReader;
import io.yardmaster.output.OutputSearch.Found;
import io.yardmaster.run.Run;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.api.Ids;
import io.yardmaster.web.api.Query;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a run printed, as bytes that no browser interprets. */
@Path("api/v1/runs/{id}/output")
public final class RunOutputResource {
    private static final int STANDARD_LIMIT = 1 << 20;
    private static final int LARGEST_LIMIT = 4 << 20;

    private final Database database;
    private final RunActions actions;
    private final OutputLooking looking;
    private final OutputReader output = new OutputReader();

    public RunOutputResource(Database database, RunActions actions, OutputLooking looking) {
        this.database = database;
        this.actions = actions;
        this.looking = looking;
    }

    /**
     * What was found.
     *
     * @param next offset to go on from
     * @param total bytes printed by now, gaps included
     */
    record FoundAnswer(List<Place> places, long next, long total) {
        /**
         * @param offset of the first byte that matches
         * @param around some of its line, with U+FFFD for what is no UTF-8
         */
        record Place(long offset, String around) {}

        static FoundAnswer of(Found found) {
            return new FoundAnswer(
                    found.matches().stream()
                            .map(match -> new Place(match.offset(), new String(match.around(), StandardCharsets.UTF_8)))
                            .toList(),
                    found.next(),
                    found.total());
        }
    }

    /** From byte {@code from} on; the headers say where to go on and how much there is. */
    @GET
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Requires(value = Permission.VIEW, on = ObjectRule.LOOKED_UP)
    public Response get(
            @PathParam("id") String id,
            @QueryParam("from") String from,
            @QueryParam("epoch") String epoch,
            @QueryParam("limit") String limit,
            @Context Caller caller) {
        Query query = new Query();
        long start = query.number("from", from, 0, Long.MAX_VALUE, 0);
        long offer = query.number("epoch", epoch, 1, Long.MAX_VALUE, 0);
        int bytes = (int) query.number("limit", limit, 1, LARGEST_LIMIT, STANDARD_LIMIT);
        query.end();
        long run = Ids.read("run", id);
        return database.inTransaction(transaction -> {
            Run found = actions.find(transaction, run, Permission.VIEW, caller);
            long asked = offer == 0 ? found.placement().epoch() : offer;
            return answer(run, asked, output.page(transaction, run, asked, start, bytes));
        });
    }

    /** Places where {@code text} stands, from byte {@code from} on. */
    @GET
    @Path("search")
    @Produces(MediaType.APPLICATION_JSON)
    @Requires(value = Permission.VIEW, on = ObjectRule.LOOKED_UP)
    public FoundAnswer search(@PathParam("id") String id, @BeanParam SearchParameters asked, @Context Caller caller) {
        Run run = database.inTransaction(
                transaction -> actions.find(transaction, Ids.read("run", id), Permission.VIEW, caller));
        return FoundAnswer.of(looking.look(run, asked.read(run)));
    }

    private static Response answer(long run, long epoch, OutputPage page) {
        return Response.ok(page.bytes())
                .header("Content-Disposition", "attachment; filename=\"run-" + run + ".log\"")
                .header("X-Content-Type-Options", "nosniff")
                .header("Yardmaster-Epoch", epoch)
                .header("Yardmaster-Next", page.next())
                .header("Yardmaster-Total", page.total())
                .build();
    }
}
