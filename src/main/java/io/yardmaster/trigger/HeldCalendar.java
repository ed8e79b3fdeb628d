package io.yardmaster.trigger;

/**
 * A calendar as it held at some time.
 *
 * @param name as {@code namespace/name}
 * @param version by which its days are found
 */
record HeldCalendar(String name, int version) {}
