package io.yardmaster.dispatch;

/** What is counted, since the start of this server. */
public enum DispatchCount {
    /** Transactions that offered at least one run. */
    BATCHES,
    /** Runs offered to a node. */
    OFFERED,
    /** Offers that a node accepted. */
    ACCEPTED,
    /** Asked for by a node and no longer its to start. */
    ACCEPT_REFUSED,
    /** Offers that nobody accepted in time. */
    LAPSED,
    /** Sessions whose lease ran out. */
    SESSIONS_LOST,
    /** Runs taken from sessions that were over. */
    TAKEN_BACK,
    /** Runs that a session should have held and did not. */
    NOT_HELD,
    /** Reports of the past, or of runs that were never the node's. */
    STALE_REPORTS,
    /** Runs that waited too long to be worth beginning. */
    EXPIRED,
    /** Attempts whose end the server asked for since their workers had not ended them in time. */
    OVERDUE,
    /** Attempts that ran longer than their job lets pass unremarked. */
    LONG,
    /** What only the sweep found: must stay 0. */
    LOST_WAKE_UPS
}
