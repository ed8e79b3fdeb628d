package io.yardmaster.task;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a run executes. In documents and on the wire, {@code type} tells the kind. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ShellTask.class, name = "shell"),
    @JsonSubTypes.Type(value = NoopTask.class, name = "noop")
})
public sealed interface Task permits ShellTask, NoopTask, UnknownTask, UnreadableTask {
    /** Whether a run of it can be stopped in its tracks and go on later. */
    default boolean canPause() {
        return false;
    }
}
