package io.yardmaster.web.pause;

import io.yardmaster.database.Database;
import io.yardmaster.database.Transaction;
import io.yardmaster.security.Caller;
import io.yardmaster.trigger.Missed;
import io.yardmaster.trigger.Pause;
import io.yardmaster.trigger.PauseList;
import io.yardmaster.trigger.Pauses;
import io.yardmaster.trigger.Unsettled;
import io.yardmaster.web.Json;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** What programs pause and resume. */
final class PauseCalls {
    private final PauseList list = new PauseList();
    private final Database database;
    private final Pauses pauses;

    PauseCalls(Database database, Pauses pauses) {
        this.database = database;
        this.pauses = pauses;
    }

    /** @param reason may be null */
    record PauseRequest(String reason) {}

    /** @param missed what becomes of the instants that came meanwhile */
    record ResumeRequest(String missed) {}

    /** @param waiting what the choice is carried out for, as far as it was counted */
    record Resumed(Pause.Choice missed, Missed waiting) {}

    PauseAnswer pause(Function<Transaction, Pause.Scope> scope, byte[] body, Caller caller) {
        PauseRequest request = body.length == 0 ? new PauseRequest(null) : Json.read(body, PauseRequest.class);
        pauses.prepare(database, database.inTransaction(scope));
        return database.inTransaction(transaction -> {
            Pause.Scope paused = scope.apply(transaction);
            List<Unsettled> unsettled = pauses.pause(transaction, paused, request.reason(), caller.actor());
            return PauseAnswer.of(list.find(transaction, paused).orElseThrow(), unsettled);
        });
    }

    Resumed resume(Function<Transaction, Pause.Scope> scope, byte[] body, Caller caller) {
        ResumeRequest request = body.length == 0 ? new ResumeRequest("") : Json.read(body, ResumeRequest.class);
        Pause.Choice choice = PauseDesk.choice(Objects.requireNonNullElse(request.missed(), ""));
        return database.inTransaction(transaction -> {
            Pause.Scope resumed = scope.apply(transaction);
            Missed waiting = pauses.missed(transaction, resumed);
            pauses.resume(transaction, resumed, choice, caller.actor());
            return new Resumed(choice, waiting);
        });
    }
}
