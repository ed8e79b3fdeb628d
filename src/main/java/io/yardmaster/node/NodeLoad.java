package io.yardmaster.node;

/**
 * What a node is busy with, as its last heartbeat told; zeros before the first.
 *
 * @param cpu share of all processors in use, 0 to 1
 * @param memoryUsed bytes
 * @param memoryTotal bytes
 * @param diskFree bytes
 * @param diskTotal bytes
 */
public record NodeLoad(double cpu, long memoryUsed, long memoryTotal, long diskFree, long diskTotal) {}
