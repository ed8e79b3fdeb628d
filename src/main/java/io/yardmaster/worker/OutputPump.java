package io.yardmaster.worker;

import java.io.IOException;
import java.io.InputStream;

/** Moves what a task prints into the spool as fast as it comes, so that the task never waits for anyone. */
final class OutputPump {
    private static final int BUFFER = 65_536;

    private final InputStream from;
    private final SpooledOutput to;
    private final Runnable news;
    private final Thread thread;

    private OutputPump(InputStream from, SpooledOutput to, Runnable news, String name) {
        this.from = from;
        this.to = to;
        this.news = news;
        this.thread = new Thread(this::pump, name);
        thread.setDaemon(true);
    }

    /** @param news run whenever there is more in the spool */
    static OutputPump start(InputStream from, SpooledOutput to, Runnable news, String name) {
        OutputPump pump = new OutputPump(from, to, news, name);
        pump.thread.start();
        return pump;
    }

    /**
     * Waits for the end of the output. Where a task's processes cannot be contained, one that escaped may keep it open
     * for ever: it is read on, and dropped, for as long as it lasts.
     */
    void finish(long limitMillis) throws InterruptedException {
        thread.join(limitMillis);
        to.seal();
    }

    private void pump() {
        byte[] buffer = new byte[BUFFER];
        try (from) {
            int length = from.read(buffer);
            while (length >= 0) {
                to.append(buffer, length);
                news.run();
                length = from.read(buffer);
            }
        } catch (IOException closed) {
            // the guardian is gone, and its output with it
        }
    }
}
