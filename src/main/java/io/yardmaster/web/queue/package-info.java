/** Pages and API of queues: where runs wait, in what order, and what goes on there now. */
package io.yardmaster.web.queue;
