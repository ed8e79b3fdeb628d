package io.yardmaster.web.pause;

import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.security.Caller;
import io.yardmaster.trigger.Pause.Choice;
import io.yardmaster.trigger.PauseList;
import io.yardmaster.trigger.Pauses;
import io.yardmaster.trigger.Unsettled;
import io.yardmaster.web.Page;
import io.yardmaster.web.Redirect;
import io.yardmaster.web.View;
import io.yardmaster.web.form.Form;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Asks before something is paused or resumed, and does it. */
final class PauseDesk {
    /** The message goes by a cookie. */
    private static final int NAMED = 5;

    private final PauseList list = new PauseList();
    private final Database database;
    private final Pauses pauses;

    PauseDesk(Database database, Pauses pauses) {
        this.database = database;
        this.pauses = pauses;
    }

    View ask(PauseAct act, Function<Transaction, PauseTarget> target) {
        return database.inTransaction(transaction -> page(transaction, act, target.apply(transaction), Form.empty()));
    }

    View act(PauseAct act, Function<Transaction, PauseTarget> target, Form form, Caller caller) {
        try {
            if (act == PauseAct.PAUSE) {
                pauses.prepare(database, database.inTransaction(target).scope());
            }
            return database.inTransaction(
                    transaction -> done(transaction, act, target.apply(transaction), form, caller));
        } catch (Invalid refused) {
            return database.inTransaction(transaction ->
                    page(transaction, act, target.apply(transaction), form).refused(refused));
        }
    }

    private Redirect done(Transaction transaction, PauseAct act, PauseTarget target, Form form, Caller caller) {
        List<Unsettled> unsettled = List.of();
        if (act == PauseAct.PAUSE) {
            String reason = form.text("reason");
            unsettled = pauses.pause(transaction, target.scope(), reason.isEmpty() ? null : reason, caller.actor());
        } else {
            pauses.resume(transaction, target.scope(), choice(form.text("missed")), caller.actor());
        }
        String key = "pause." + act.name().toLowerCase(Locale.ROOT) + "d." + target.kind();
        Redirect home = Redirect.to(target.home());
        return unsettled.isEmpty()
                ? home.saying(key, target.name())
                : home.saying("pause.unsettled", unsettled.size(), names(unsettled));
    }

    private static String names(List<Unsettled> unsettled) {
        String some = unsettled.stream().limit(NAMED).map(Unsettled::name).collect(Collectors.joining(", "));
        return unsettled.size() > NAMED ? some + ", …" : some;
    }

    private Page page(Transaction transaction, PauseAct act, PauseTarget target, Form form) {
        if (act == PauseAct.PAUSE) {
            return Page.of("pause/pause").with("target", target).with("form", form);
        }
        return Page.of("pause/resume")
                .with("target", target)
                .with("form", form)
                .with("pause", list.find(transaction, target.scope()).orElse(null))
                .with("choices", Choice.values())
                .with("missed", pauses.missed(transaction, target.scope()));
    }

    /** @throws Invalid if it is none */
    static Choice choice(String word) {
        return Arrays.stream(Choice.values())
                .filter(choice -> choice.name().equals(word))
                .findFirst()
                .orElseThrow(() -> new Invalid("missed", word, "invalid.choice", Arrays.asList(Choice.values())));
    }
}
