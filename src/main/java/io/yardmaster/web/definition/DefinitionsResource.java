package io.yardmaster.web.definition;

import io.yardmaster.database.Database;
import io.yardmaster.job.JobSearch;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.api.Query;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Many definitions at once, to carry them from one installation to another. */
@Path("api/v1/definitions")
public final class DefinitionsResource {
    private final Database database;
    private final Definitions definitions;

    public DefinitionsResource(Database database, Definitions definitions) {
        this.database = database;
        this.definitions = definitions;
    }

    /**
     * What came of each document, in the order they were sent.
     *
     * @param dryRun whether nothing was stored, since it was only asked what would come of them
     */
    public record AppliedAll(boolean dryRun, List<Applied> items) {}

    @GET
    @Produces(Bodies.YAML)
    @Requires(value = Permission.VIEW, on = ObjectRule.ANYWHERE)
    public String export(@QueryParam("namespace") String namespace, @Context Caller caller) {
        Set<String> namespaces = Query.namespaces(caller, namespace);
        List<Document> documents = new ArrayList<>(
                database.inTransaction(transaction -> definitions.exportNeeded(transaction, namespaces)));
        JobSearch.Place after = null;
        do {
            JobSearch.Place from = after;
            Definitions.ExportedJobs some =
                    database.inTransaction(transaction -> definitions.exportJobs(transaction, namespaces, from));
            documents.addAll(some.documents());
            after = some.next();
        } while (after != null);
        return DocumentWriter.yaml(documents);
    }

    /** Applies all documents of the body or none. */
    @POST
    @Consumes({MediaType.APPLICATION_JSON, Bodies.YAML, "application/x-yaml", "text/yaml"})
    @Produces(MediaType.APPLICATION_JSON)
    @Requires(value = Permission.EDIT, on = ObjectRule.LOOKED_UP)
    public AppliedAll apply(
            @QueryParam("dryRun") String dryRun,
            @Context HttpServletRequest request,
            @Context Caller caller,
            byte[] body) {
        List<Document> documents = Bodies.readAll(body, Bodies.type(request));
        Query query = new Query();
        boolean dry = query.choice("dryRun", dryRun, List.of("false", "true")).equals("true");
        query.end();
        try {
            return new AppliedAll(false, database.inTransaction(transaction -> {
                List<Applied> applied = definitions.applyAll(transaction, documents, caller);
                if (dry) {
                    throw new WouldBe(applied);
                }
                return applied;
            }));
        } catch (WouldBe dryEnd) {
            return new AppliedAll(true, dryEnd.applied);
        }
    }

    /** Ends a dry run: what was done to learn its outcome is rolled back. */
    private static final class WouldBe extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient List<Applied> applied;

        WouldBe(List<Applied> applied) {
            super("dry run", null, false, false);
            this.applied = applied;
        }
    }
}
