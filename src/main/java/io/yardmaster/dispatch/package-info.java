/**
 * Which node gets which run, for how long, and what becomes of it when the node is lost. Row locks are taken in the
 * order {@code queue_state}, {@code node_session} by id, {@code run} by id.
 */
package io.yardmaster.dispatch;
