package io.yardmaster.trigger;

/**
 * An alarm that looks wedged. It is if it looks the same at the next look.
 *
 * @param alarm the trigger's name in Quartz
 * @param state the trigger's; of what a dead server left, that row's
 * @param nextFire milliseconds since 1970 by Quartz's rows; null if there is none
 * @param holder the fired trigger that a dead server left; null for other wedges
 */
record Suspect(Wedge wedge, String alarm, String state, Long nextFire, String holder) {}
