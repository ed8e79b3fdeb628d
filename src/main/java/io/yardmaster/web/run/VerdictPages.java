package io.yardmaster.web.run;

import io.yardmaster.database.Conflict;
import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.run.Run;
import io.yardmaster.run.RunState;
import io.yardmaster.run.Verdict;
import io.yardmaster.run.Verdicts;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.Page;
import io.yardmaster.web.Redirect;
import io.yardmaster.web.View;
import io.yardmaster.web.form.Address;
import io.yardmaster.web.form.Form;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** The runs of which nobody knows what became, and what somebody makes of each. */
@Path("to-decide")
public final class VerdictPages {
    private static final int PAGE = 50;
    private static final int CONFLICT = 409;

    private final Verdicts verdicts = new Verdicts();
    private final Database database;
    private final RunActions actions;
    private final RunVerdicts desk;

    public VerdictPages(Database database, RunActions actions, RunVerdicts desk) {
        this.database = database;
        this.actions = actions;
        this.desk = desk;
    }

    /** @param before only runs with a smaller id */
    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.ANYWHERE)
    public View list(@QueryParam("before") @DefaultValue("") String before, @Context Caller caller) {
        long below = before.isEmpty() ? Long.MAX_VALUE : RunPages.number(before);
        return database.inTransaction(transaction -> {
            Instant now = transaction.now();
            List<RunLine> found =
                    verdicts.undecided(transaction, caller.namespaces(Permission.VIEW), below, PAGE + 1).stream()
                            .map(run -> RunLine.of(run, now))
                            .toList();
            boolean more = found.size() > PAGE;
            List<RunLine> lines = more ? found.subList(0, PAGE) : found;
            return Page.of("run/to-decide")
                    .with("lines", lines)
                    .with("first", before.isEmpty())
                    .with(
                            "next",
                            more
                                    ? Address.of("to-decide")
                                            .with(
                                                    "before",
                                                    lines.get(PAGE - 1).run().id())
                                            .toString()
                                    : null);
        });
    }

    @GET
    @Path("{run: [0-9]{1,19}}")
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public View ask(@PathParam("run") String id, @Context Caller caller) {
        return database.inTransaction(transaction -> page(transaction, id, Form.empty(), caller));
    }

    @POST
    @Path("{run: [0-9]{1,19}}")
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public View decide(@PathParam("run") String id, MultivaluedMap<String, String> sent, @Context Caller caller) {
        Form form = Form.of(sent);
        try {
            Verdict verdict = database.inTransaction(transaction -> desk.decide(
                    transaction, RunPages.number(id), kind(form.value("verdict")), form.text("reason"), caller));
            return Redirect.to("/runs/" + (verdict.rerun() == null ? id : verdict.rerun()))
                    .saying("run.decided." + verdict.kind(), id);
        } catch (Invalid refused) {
            return database.inTransaction(
                    transaction -> page(transaction, id, form, caller).refused(refused));
        } catch (Conflict unfit) {
            Invalid refused = new Invalid("run", id, unfit.said());
            return database.inTransaction(transaction ->
                    page(transaction, id, form, caller).refused(refused).status(CONFLICT));
        }
    }

    private Page page(Transaction transaction, String id, Form form, Caller caller) {
        Run run = actions.find(transaction, RunPages.number(id), Permission.OPERATE, caller);
        Verdict verdict = verdicts.find(transaction, run.id()).orElse(null);
        return Page.of("run/decide")
                .with("line", RunLine.of(run, transaction.now()))
                .with("run", run)
                .with("open", run.state() == RunState.UNKNOWN && verdict == null)
                .with("verdict", verdict)
                .with("kinds", Verdict.Kind.values())
                .with("form", form);
    }

    /** Null for what is none. */
    private static Verdict.Kind kind(String name) {
        return Arrays.stream(Verdict.Kind.values())
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
