package io.yardmaster.run;

/**
 * A run that has just reached a final state.
 *
 * @param id of the run
 * @param job id of its job
 * @param queue id of its queue
 * @param schedule id of the schedule that it was made for; null if there is none
 * @param cause why it existed
 * @param state the final state
 */
public record EndedRun(long id, long job, long queue, Long schedule, Cause.Kind cause, RunState state) {}
