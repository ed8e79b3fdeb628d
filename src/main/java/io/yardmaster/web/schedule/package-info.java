/** Pages of schedules: when a job runs, in words, and the instants that follow from it. */
package io.yardmaster.web.schedule;
