package io.yardmaster.worker;

/**
 * What makes this worker that node.
 *
 * @param node its id
 * @param credential secret
 * @param pin SHA-256 of the servers' certificate; null to trust as usual
 */
record Identity(String node, String credential, String pin) {}
