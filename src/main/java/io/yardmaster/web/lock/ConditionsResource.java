package io.yardmaster.web.lock;

import io.yardmaster.database.Database;
import io.yardmaster.lock.Conditions;
import io.yardmaster.lock.Locks;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.Json;
import io.yardmaster.web.definition.Edit;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** Sets, resets and signals conditions. */
@Path("api/v1/locks/{namespace}/{name}/{act: set|reset|signal|broadcast}")
@Produces(MediaType.APPLICATION_JSON)
public final class ConditionsResource {
    private final Database database;
    private final Locks locks = new Locks();

    public ConditionsResource(Database database) {
        this.database = database;
    }

    /** @param variables that get other values first; none if absent */
    record ChangeRequest(Map<String, String> variables) {}

    /** @param called how many runs that waited were called */
    record ChangeAnswer(Map<String, Object> variables, int called) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(value = Permission.OPERATE, on = ObjectRule.NAMESPACE_IN_PATH)
    public ChangeAnswer change(@PathParam("act") String act, @BeanParam Edit edit, byte[] body) {
        Map<String, String> given = Json.read(body, ChangeRequest.class).variables();
        Conditions.Change change = new Conditions.Change(ConditionAct.read(act), given == null ? Map.of() : given);
        Conditions.Outcome outcome = database.inTransaction(transaction -> Conditions.change(
                transaction,
                locks.get(transaction, edit.namespace(), edit.name()),
                change,
                edit.caller().actor()));
        return new ChangeAnswer(outcome.variables().values(), outcome.called());
    }
}
