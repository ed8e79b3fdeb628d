/** What to run: task, parameters, queue and limits, as versioned definitions. */
package io.yardmaster.job;
