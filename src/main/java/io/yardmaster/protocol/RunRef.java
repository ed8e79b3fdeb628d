package io.yardmaster.protocol;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * One offer of one run. The epoch grows with every offer, so a message that names an older one is of the past.
 *
 * @param run id of the run
 * @param epoch which offer of it
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RunRef(String run, long epoch) {}
