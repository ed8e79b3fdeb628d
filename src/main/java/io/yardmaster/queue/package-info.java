/**
 * The only door by which a run is born, the order in which runs wait, and what happens to the queue when an attempt
 * ends.
 */
package io.yardmaster.queue;
