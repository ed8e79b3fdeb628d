package io.yardmaster.app;

/** A part of the server that runs by itself. */
interface Managed {
    /** Starts threads and timers; returns when the part works. */
    void start();

    /** Ends them and waits for their end, so that nothing outlives the web application. */
    void stop();
}
