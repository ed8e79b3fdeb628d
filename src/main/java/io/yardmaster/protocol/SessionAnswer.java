package io.yardmaster.protocol;

/**
 * @param session id of the new session, part of every later address
 * @param timing the lease's figures
 */
public record SessionAnswer(String session, Timing timing) {}
