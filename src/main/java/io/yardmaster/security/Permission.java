package io.yardmaster.security;

/** What a route asks of its caller, in a namespace or everywhere. */
public enum Permission {
    /** See definitions, runs, output, nodes. */
    VIEW,
    /** Start, cancel, rerun, pause. */
    OPERATE,
    /** Create, change and archive definitions. */
    EDIT,
    /** Accounts, tokens of others, nodes, settings. */
    ADMINISTER
}
