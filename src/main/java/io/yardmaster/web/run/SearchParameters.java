package io.yardmaster.web.run;

import io.yardmaster.run.Run;
import io.yardmaster.web.api.Query;
import io.yardmaster.web.run.OutputLooking.Wanted;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.List;

/** What a program asks for when it looks for text in an output. */
final class SearchParameters {
    private static final int STANDARD_LIMIT = 100;
    private static final int GREATEST_LIMIT = 1000;

    @QueryParam("text")
    @DefaultValue("")
    String text;

    @QueryParam("exactly")
    String exactly;

    @QueryParam("from")
    String from;

    @QueryParam("epoch")
    String epoch;

    @QueryParam("limit")
    String limit;

    /** In the newest offer unless one is named. */
    Wanted read(Run run) {
        Query query = new Query();
        Wanted wanted = new Wanted(
                query.number("epoch", epoch, 1, Long.MAX_VALUE, run.placement().epoch()),
                text,
                query.choice("exactly", exactly, List.of("false", "true")).equals("true"),
                query.number("from", from, 0, Long.MAX_VALUE, 0),
                (int) query.number("limit", limit, 1, GREATEST_LIMIT, STANDARD_LIMIT));
        query.end();
        return wanted;
    }
}
