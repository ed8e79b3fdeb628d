package io.yardmaster.app;

/**
 * A part of the server that runs by itself.
 *
 * @param name for the log
 * @param start starts threads and timers; returns when the part works
 * @param stop ends them and waits for their end, so that nothing outlives the web application
 */
record Managed(String name, Runnable start, Runnable stop) {}
