package io.yardmaster.worker;

/** The task cannot be started as it is; the message tells whoever wrote the job what to change. */
final class BadTask extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadTask(String message) {
        super(message);
    }
}
