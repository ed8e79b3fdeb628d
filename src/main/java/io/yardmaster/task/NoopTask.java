package io.yardmaster.task;

/** Succeeds at once, inside the worker: what the canary and throughput benchmarks run. */
public record NoopTask() implements Task {}
