package io.yardmaster.security;

/** What a one-time code opens. */
public enum Purpose {
    /** The form that makes the first account. */
    SET_UP,
    /** A worker's first contact. */
    JOIN
}
