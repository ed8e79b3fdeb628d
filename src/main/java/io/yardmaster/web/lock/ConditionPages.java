package io.yardmaster.web.lock;

import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.lock.Conditions;
import io.yardmaster.lock.Conditions.Act;
import io.yardmaster.lock.Lock;
import io.yardmaster.lock.Locks;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.Page;
import io.yardmaster.web.View;
import io.yardmaster.web.form.Form;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sets, resets and signals a condition. */
@Path("/locks/{namespace}/{name}/variables")
@Produces(MediaType.TEXT_HTML)
public final class ConditionPages {
    private static final String FIELD = "variables.";

    private final Database database;
    private final Locks locks;

    public ConditionPages(Database database, Locks locks) {
        this.database = database;
        this.locks = locks;
    }

    @GET
    @Requires(value = Permission.OPERATE, on = ObjectRule.NAMESPACE_IN_PATH)
    public View form(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        return database.inTransaction(
                transaction -> page(transaction, locks.get(transaction, namespace, name), Form.empty()));
    }

    /** Only what was changed in the form is set, so that what others have set meanwhile stays. */
    @POST
    @Requires(value = Permission.OPERATE, on = ObjectRule.NAMESPACE_IN_PATH)
    public View change(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            MultivaluedMap<String, String> sent,
            @Context Caller caller) {
        Form form = Form.of(sent);
        try {
            Conditions.Outcome outcome = database.inTransaction(transaction -> {
                Lock lock = locks.get(transaction, namespace, name);
                return Conditions.change(transaction, lock, change(lock, form), caller.actor());
            });
            return LockPages.to(namespace, name).saying("condition.changed", outcome.called());
        } catch (Invalid refused) {
            return database.inTransaction(
                            transaction -> page(transaction, locks.get(transaction, namespace, name), form))
                    .refused(refused);
        }
    }

    private static Conditions.Change change(Lock lock, Form form) {
        Act act = ConditionAct.read(form.text("act"));
        Map<String, String> given = new LinkedHashMap<>();
        if (act != Act.RESET && lock.variables() != null) {
            lock.variables().values().keySet().stream()
                    .filter(variable -> !form.value(FIELD + variable).equals(form.value("was." + variable)))
                    .forEach(variable -> given.put(variable, form.value(FIELD + variable)));
        }
        return new Conditions.Change(act, given);
    }

    private static Page page(Transaction transaction, Lock lock, Form form) {
        if (lock.variables() == null) {
            throw new Invalid("lock", lock.fullName(), "conflict.lock.no-condition", lock.fullName());
        }
        return Page.of("lock/variables")
                .with("lock", lock)
                .with("form", form)
                .with(
                        "fields",
                        lock.variables().values().keySet().stream()
                                .map(variable -> FIELD + variable)
                                .toList())
                .with("state", ConditionState.of(transaction, lock.id()));
    }
}
