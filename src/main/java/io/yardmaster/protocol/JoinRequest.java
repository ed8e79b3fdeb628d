package io.yardmaster.protocol;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * {@code POST /agent/v1/join}: a worker's first contact, with no credential but the code.
 *
 * @param code one-time join code
 * @param name what the node shall be called; must not be taken
 * @param slots how many tasks it runs at a time
 * @param host its host name, for people
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record JoinRequest(String code, String name, int slots, String host) {}
