package io.yardmaster.web.job;

import io.yardmaster.database.Transaction;
import io.yardmaster.queue.Queue;
import io.yardmaster.queue.Queues;
import io.yardmaster.security.Caller;
import io.yardmaster.security.Permission;
import io.yardmaster.web.health.Canary;
import java.util.List;
import java.util.stream.Stream;

/** The queues that a page offers, by their full names. */
final class QueueChoice {
    private static final String DEFAULT = Queues.DEFAULT + "/" + Queues.DEFAULT;

    private QueueChoice() {}

    /** To look for. */
    static List<String> shown(Transaction transaction, Queues queues, Caller caller) {
        return names(transaction, queues, caller, Permission.VIEW).toList();
    }

    /**
     * To let a job wait in: the default one, those that the caller may operate, and what was chosen already; not the
     * canary's, whose wait would tell of trouble if others stood in it.
     */
    static List<String> usable(Transaction transaction, Queues queues, Caller caller, String chosen) {
        Stream<String> always = Stream.of(DEFAULT, chosen).filter(name -> !name.isEmpty());
        Stream<String> operated =
                names(transaction, queues, caller, Permission.OPERATE).filter(name -> !name.equals(Canary.QUEUE));
        return Stream.concat(always, operated).distinct().sorted().toList();
    }

    private static Stream<String> names(Transaction transaction, Queues queues, Caller caller, Permission permission) {
        return queues.list(transaction).stream()
                .filter(queue -> caller.may(permission, queue.namespace()))
                .map(Queue::fullName);
    }
}
