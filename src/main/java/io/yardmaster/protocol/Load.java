package io.yardmaster.protocol;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * What a node is busy with, as the operating system tells it.
 *
 * @param cpu share of all processors in use since the last heartbeat, 0 to 1
 * @param memoryUsed bytes
 * @param memoryTotal bytes
 * @param diskFree bytes free where the worker keeps its data
 * @param diskTotal bytes
 * @param busySlots tasks held now
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Load(double cpu, long memoryUsed, long memoryTotal, long diskFree, long diskTotal, int busySlots) {}
