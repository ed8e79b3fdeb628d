package io.yardmaster.dispatch;

/**
 * Rendezvous hashing (Thaler and Ravishankar 1998), weighted: each job ranks all nodes by a hash of both, and a node that
 * comes or goes moves only the jobs that rank it first.
 */
final class Rendezvous {
    private Rendezvous() {}

    static double score(ReadyRun run, Seat seat) {
        Candidate node = seat.node();
        return -node.weight() / Math.log(Hashes.unit(Hashes.mix(run.job(), node.node())));
    }
}
