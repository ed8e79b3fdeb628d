package io.yardmaster.web;

import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory all larger bodies may take up together, from the moment they are let in until their requests are
 * answered. So many that send at once are told to come again, and never exhaust the heap. A quarter is kept for
 * heartbeats: what others send costs no node its lease.
 */
final class BodyRoom implements ServletRequestListener {
    private static final String TAKEN = BodyRoom.class.getName();

    private final long kept;
    private final AtomicLong free;

    /** @param bytes of bodies; what reads them makes copies, so the heap needs several times that */
    BodyRoom(long bytes) {
        this.kept = bytes / 4;
        this.free = new AtomicLong(bytes);
    }

    /** As much as this heap bears, and in any case one body of the largest kind. */
    static long ofThisHeap() {
        return Math.max(Runtime.getRuntime().maxMemory() / 8, 2 * BodyLimit.AGENT);
    }

    /**
     * Keeps {@code bytes} for {@code request} until it is answered.
     *
     * @return whether there is room
     */
    boolean take(HttpServletRequest request, long bytes, boolean heartbeat) {
        long needed = heartbeat ? bytes : bytes + kept;
        boolean taken = free.getAndUpdate(now -> now < needed ? now : now - bytes) >= needed;
        if (taken) {
            request.setAttribute(TAKEN, bytes);
        }
        return taken;
    }

    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        if (event.getServletRequest().getAttribute(TAKEN) instanceof Long bytes) {
            free.addAndGet(bytes);
        }
    }
}
