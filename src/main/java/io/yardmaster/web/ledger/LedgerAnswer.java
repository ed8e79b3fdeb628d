package io.yardmaster.web.ledger;

import io.yardmaster.trigger.Account;
import io.yardmaster.trigger.LedgerLine;

/** A schedule's account as the API tells it. */
record LedgerAnswer(
        String namespace,
        String job,
        String schedule,
        boolean enabled,
        long expected,
        long runs,
        long skipped,
        long missed,
        long paused,
        long unaccounted) {
    static LedgerAnswer of(LedgerLine line) {
        Account account = line.account();
        return new LedgerAnswer(
                line.namespace(),
                line.job(),
                line.schedule(),
                line.enabled(),
                account.expected(),
                account.runs(),
                account.skipped(),
                account.missed(),
                account.paused(),
                account.unaccounted());
    }
}
