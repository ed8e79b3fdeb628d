package io.yardmaster.dispatch;

/** One offer of one run. The epoch grows with every offer of it. */
public record RunEpoch(long run, long epoch) {}
