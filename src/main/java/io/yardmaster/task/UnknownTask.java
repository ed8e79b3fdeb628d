package io.yardmaster.task;

/**
 * A task of a kind that came with a later version. Only what a server sends is read as one, so that it costs one run
 * instead of the whole message; no definition may have it.
 *
 * @param type as sent; null if there was none
 */
public record UnknownTask(String type) implements Task {}
