package io.yardmaster.worker;

/** The session that this data directory was last used in; the file is deleted when a session is ended in order. */
record PastSession(String session) {}
