/** The kinds of task as values: what a run is asked to do, independent of who does it and where. */
package io.yardmaster.task;
