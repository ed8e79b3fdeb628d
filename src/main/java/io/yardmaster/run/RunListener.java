package io.yardmaster.run;

import io.yardmaster.database.Transaction;
import java.util.List;

/** Is told of runs that ended, in the transaction that ends them: what it writes is durable with them or not at all. */
public interface RunListener {
    /**
     * Called with at least one run. What it throws undoes its own writes and nothing else.
     *
     * @param ended in ascending order of id
     */
    void ended(Transaction transaction, List<EndedRun> ended);
}
