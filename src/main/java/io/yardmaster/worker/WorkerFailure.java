package io.yardmaster.worker;

/** Why the worker cannot go on; the message is one line for people and says what would help. */
public final class WorkerFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WorkerFailure(String message) {
        super(message);
    }

    WorkerFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
