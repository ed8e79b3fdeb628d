package io.yardmaster.cluster;

/**
 * What was done to a worker.
 *
 * @param worker its number
 * @param began seconds since the machine started
 * @param lasts seconds until it is undone
 */
record Fault(Kind kind, int worker, double began, double lasts) {
    enum Kind {
        KILLED,
        STOPPED,
        ISOLATED
    }

    /** Longer than a lease with its grace, but for a worker that is started again at once. */
    static Fault of(Kind kind, int worker, boolean atOnce) {
        return new Fault(kind, worker, Beats.now(), atOnce && kind == Kind.KILLED ? 3 : 30);
    }

    boolean isOver(double now) {
        return now >= began + lasts;
    }

    boolean hit(Beats attempt) {
        return attempt.worker() == worker && attempt.isRunning(began);
    }

    void inflict(Cluster cluster, WorkerNetwork network) {
        switch (kind) {
            case KILLED -> cluster.process("worker-" + worker).kill();
            case STOPPED -> cluster.process("worker-" + worker).signal("STOP");
            case ISOLATED -> network.cut();
        }
    }

    void undo(Cluster cluster, WorkerNetwork network) {
        switch (kind) {
            case KILLED -> cluster.restartWorker(worker);
            case STOPPED -> cluster.process("worker-" + worker).signal("CONT");
            case ISOLATED -> network.mend();
        }
    }
}
