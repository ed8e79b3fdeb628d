package io.yardmaster.task;

import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * Stands in a message for a task that could not be read, so that its own run fails and says why, and no other is held up;
 * no definition may have it.
 *
 * @param problem what is wrong with it, and where
 */
@JsonTypeName("unreadable")
public record UnreadableTask(String problem) implements Task {}
