package io.yardmaster.web;

import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory all larger bodies may take up together, from the moment they are let in until their requests are
 * answered. So many that send at once are told to come again, and never exhaust the heap. People and programs leave half of
 * it to nodes, and what these report leaves a quarter to heartbeats: what others send costs no node its lease.
 */
final class BodyRoom implements ServletRequestListener {
    private static final String TAKEN = BodyRoom.class.getName();

    private final long bytes;
    private final AtomicLong free;

    /** @param bytes of bodies; what reads them makes copies, so the heap needs several times that */
    BodyRoom(long bytes) {
        this.bytes = bytes;
        this.free = new AtomicLong(bytes);
    }

    /** As much as this heap bears, and in any case one body of the largest kind. */
    static long ofThisHeap() {
        return Math.max(Runtime.getRuntime().maxMemory() / 8, 2 * BodyLimit.AGENT);
    }

    /**
     * Keeps {@code length} bytes for {@code request} until it is answered.
     *
     * @return whether there is room
     */
    boolean take(HttpServletRequest request, long length) {
        long needed = length + leftToOthers(Intake.path(request));
        boolean taken = free.getAndUpdate(now -> now < needed ? now : now - length) >= needed;
        if (taken) {
            request.setAttribute(TAKEN, length);
        }
        return taken;
    }

    private long leftToOthers(String path) {
        if (!BodyLimit.isAgents(path)) {
            return bytes / 2;
        }
        return path.endsWith("/heartbeat") ? 0 : bytes / 4;
    }

    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        if (event.getServletRequest().getAttribute(TAKEN) instanceof Long length) {
            free.addAndGet(length);
        }
    }
}
