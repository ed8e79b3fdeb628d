package io.yardmaster.web.run;

import io.yardmaster.database.Conflict;
import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.dispatch.ForceClose;
import io.yardmaster.queue.RunAct;
import io.yardmaster.run.Run;
import io.yardmaster.run.RunState;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.Page;
import io.yardmaster.web.Redirect;
import io.yardmaster.web.View;
import io.yardmaster.web.form.Amounts;
import io.yardmaster.web.form.Form;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** What operators do with one run, each act with a page that asks what it takes. */
@Path("runs/{run: [0-9]{1,19}}")
public final class RunOperationPages {
    private static final int CONFLICT = 409;

    private final Database database;
    private final RunActions actions;
    private final RunOperations operations;

    public RunOperationPages(Database database, RunActions actions, RunOperations operations) {
        this.database = database;
        this.actions = actions;
        this.operations = operations;
    }

    @GET
    @Path("hold")
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public View askToHold(@Context Caller caller, @PathParam("run") String id) {
        return ask(RunAct.HOLD, caller, id);
    }

    @POST
    @Path("hold")
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public View hold(@Context Caller caller, @PathParam("run") String id, MultivaluedMap<String, String> sent) {
        return act(
                new Asked(RunAct.HOLD, id, Form.of(sent), caller),
                (transaction, run, form) -> operations.hold(transaction, run, form.text("reason"), caller));
    }

    @POST
    @Path("release")
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public View release(@Context Caller caller, @PathParam("run") String id) {
        return act(
                new Asked(RunAct.RELEASE, id, Form.empty(), caller),
                (transaction, run, form) -> operations.release(transaction, run, caller));
    }

    @GET
    @Path("move")
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public View askToMove(@Context Caller caller, @PathParam("run") String id) {
        return ask(RunAct.MOVE, caller, id);
    }

    @POST
    @Path("move")
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public View move(@Context Caller caller, @PathParam("run") String id, MultivaluedMap<String, String> sent) {
        return act(
                new Asked(RunAct.MOVE, id, Form.of(sent), caller),
                (transaction, run, form) -> operations.move(transaction, run, form.text("queue"), caller));
    }

    @GET
    @Path("priority")
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public View askToReprioritise(@Context Caller caller, @PathParam("run") String id) {
        return ask(RunAct.PRIORITY, caller, id);
    }

    @POST
    @Path("priority")
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public View reprioritise(@Context Caller caller, @PathParam("run") String id, MultivaluedMap<String, String> sent) {
        return act(
                new Asked(RunAct.PRIORITY, id, Form.of(sent), caller),
                (transaction, run, form) ->
                        operations.reprioritise(transaction, run, priority(form), form.text("reason"), caller));
    }

    @GET
    @Path("force-close")
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public View askToForceClose(@Context Caller caller, @PathParam("run") String id) {
        return ask(RunAct.FORCE_CLOSE, caller, id);
    }

    @POST
    @Path("force-close")
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public View forceClose(@Context Caller caller, @PathParam("run") String id, MultivaluedMap<String, String> sent) {
        return act(
                new Asked(RunAct.FORCE_CLOSE, id, Form.of(sent), caller),
                (transaction, run, form) ->
                        operations.forceClose(transaction, run, end(form.value("state")), form.text("reason"), caller));
    }

    private record Asked(RunAct act, String id, Form form, Caller caller) {}

    /** What an act does. */
    @FunctionalInterface
    private interface Change {
        Run make(Transaction transaction, long run, Form form);
    }

    private View ask(RunAct act, Caller caller, String id) {
        return page(new Asked(act, id, Form.empty(), caller), UnaryOperator.identity());
    }

    private View act(Asked asked, Change change) {
        try {
            database.useTransaction(transaction -> change.make(transaction, RunPages.number(asked.id()), asked.form()));
            return Redirect.to("/runs/" + asked.id()).saying("run.done." + asked.act(), asked.id());
        } catch (Invalid refused) {
            return page(asked, page -> page.refused(refused));
        } catch (Conflict unfit) {
            Invalid refused = new Invalid("run", asked.id(), unfit.said());
            return page(asked, page -> page.refused(refused).status(CONFLICT));
        }
    }

    private View page(Asked asked, UnaryOperator<Page> finish) {
        return database.inTransaction(transaction -> {
            Run run = actions.find(transaction, RunPages.number(asked.id()), Permission.OPERATE, asked.caller());
            Page page = Page.of("run/act")
                    .with("run", run)
                    .with("act", asked.act())
                    .with("form", asked.form())
                    .with("policy", RunFacts.read(transaction, run.id()).policy())
                    .with("fits", asked.act().fits(run.state()))
                    .with("ends", ForceClose.ENDS.stream().sorted().toList())
                    .with("patience", operations.patienceSeconds())
                    .with(
                            "queues",
                            asked.act() == RunAct.MOVE ? operations.targets(transaction, asked.caller()) : List.of());
            return finish.apply(page);
        });
    }

    /** Null for a blank. @throws Invalid if it is no number */
    static Integer priority(Form form) {
        Invalid.Problems problems = new Invalid.Problems();
        Integer priority = Amounts.signed("priority", form.value("priority"), problems);
        problems.throwIfAny();
        return priority;
    }

    /** Null for what is none. */
    private static RunState end(String name) {
        return Arrays.stream(RunState.values())
                .filter(state -> state.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
