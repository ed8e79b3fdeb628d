package io.yardmaster.protocol;

/**
 * The identity that the worker keeps on disk.
 *
 * @param node id of the node
 * @param credential secret bearer token, told once and kept by the server as a hash only
 */
public record JoinAnswer(String node, String credential) {}
