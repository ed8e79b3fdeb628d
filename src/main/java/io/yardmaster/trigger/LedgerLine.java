package io.yardmaster.trigger;

/**
 * One schedule of the ledger.
 *
 * @param of whose account it is
 * @param namespace of its job
 * @param job the job's name
 * @param enabled whether schedule and job are switched on
 */
public record LedgerLine(
        Accountable of, String namespace, String job, String schedule, boolean enabled, Account account) {
    LedgerLine with(Account found) {
        return new LedgerLine(of, namespace, job, schedule, enabled, found);
    }

    public LedgerList.Place place() {
        return new LedgerList.Place(namespace, job, schedule);
    }
}
