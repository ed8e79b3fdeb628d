package io.yardmaster.node;

/** The life of a session. It only ever leaves LIVE, and never comes back. */
public enum SessionState {
    LIVE,
    /** Its lease ran out. */
    LOST,
    /** Its worker took leave, or its successor on the same machine found it dead. */
    ENDED
}
