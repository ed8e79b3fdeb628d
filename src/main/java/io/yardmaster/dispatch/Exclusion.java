package io.yardmaster.dispatch;

/** Why a node that is connected may be given nothing. */
public enum Exclusion {
    /** Its credential was taken away. */
    REVOKED,
    /** An operator lets it finish what it has. */
    DRAINING,
    /** An operator took it out of service. */
    MAINTENANCE,
    /** Its worker is being stopped. */
    STOPPING,
    /** It let an offer lapse and has not been heard of since. */
    LAPSED,
    /** It was not heard of for half a lease. */
    SILENT,
    /** What is free of it is kept for a run that takes several slots. */
    KEPT,
    /** More of its processors is in use than its threshold. */
    CPU,
    /** More of its memory is in use than its threshold. */
    MEMORY,
    /** Less of its disk is free than its threshold. */
    DISK
}
