/** Pausing and resuming of schedules, jobs, namespaces and all: pages and API. */
package io.yardmaster.web.pause;
