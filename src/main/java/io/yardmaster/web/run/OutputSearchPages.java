package io.yardmaster.web.run;

import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.output.OutputMatch;
import io.yardmaster.output.OutputSearch.Found;
import io.yardmaster.run.Run;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.Page;
import io.yardmaster.web.View;
import io.yardmaster.web.run.OutputLooking.Wanted;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.util.List;

/** Where something stands in what an attempt printed. */
@Path("runs/{run: [0-9]{1,19}}/output/{epoch: [0-9]{1,17}}/search")
public final class OutputSearchPages {
    private static final int MOST = 100;

    private final Database database;
    private final RunActions actions;
    private final OutputLooking looking;

    public OutputSearchPages(Database database, RunActions actions, OutputLooking looking) {
        this.database = database;
        this.actions = actions;
        this.looking = looking;
    }

    /**
     * A place as it is shown.
     *
     * @param start where the page that shows it begins
     */
    record Place(long offset, long start, List<Segment> segments) {
        static Place of(OutputMatch match) {
            OutputText text = new OutputText(TextStyle.PLAIN);
            text.add(match.around(), true);
            return new Place(match.offset(), match.start(), text.segments());
        }
    }

    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.LOOKED_UP)
    public View search(
            @Context Caller caller,
            @PathParam("run") String id,
            @PathParam("epoch") long epoch,
            @QueryParam("text") @DefaultValue("") String text,
            @QueryParam("exactly") @DefaultValue("") String exactly,
            @QueryParam("from") @DefaultValue("0") String from) {
        if (!from.matches("[0-9]{1,17}")) {
            throw new Invalid("from", from, "invalid.number");
        }
        Run run = database.inTransaction(
                transaction -> actions.find(transaction, RunPages.number(id), Permission.VIEW, caller));
        Wanted wanted = new Wanted(epoch, text, !exactly.isEmpty(), Long.parseLong(from), MOST);
        Found found = looking.look(run, wanted);
        return Page.of("run/search")
                .with("run", run)
                .with("wanted", wanted)
                .with("found", found)
                .with("places", found.matches().stream().map(Place::of).toList());
    }
}
