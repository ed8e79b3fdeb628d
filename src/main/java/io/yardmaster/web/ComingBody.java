package io.yardmaster.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A body on its way. Whoever waits for it holds no thread: the container calls when there is something to read. */
final class ComingBody implements ReadListener, AsyncListener {
    private static final Logger LOG = LoggerFactory.getLogger(ComingBody.class);
    private static final int PIECE = 8 << 10;

    private final AsyncContext pending;
    private final ServletInputStream in;
    private final ByteArrayOutputStream body;
    private final long most;
    private final AtomicBoolean ended = new AtomicBoolean();
    private Consumer<byte[]> keep;
    private Late late;

    /** What is told to one whose time is up. */
    interface Late {
        void tell() throws IOException;
    }

    /**
     * @param body what has come already
     * @param most after which no more is read; whoever reads the body then finds it too large
     */
    ComingBody(AsyncContext pending, ServletInputStream in, ByteArrayOutputStream body, long most) {
        this.pending = pending;
        this.in = in;
        this.body = body;
        this.most = most;
    }

    /** Hands the whole body to {@code keep} and the request back to where it came from; or it was {@code late}. */
    void then(Consumer<byte[]> keep, Late late) {
        this.keep = keep;
        this.late = late;
        pending.addListener(this);
        in.setReadListener(this);
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] piece = new byte[PIECE];
        while (in.isReady() && !in.isFinished()) {
            int read = in.read(piece);
            if (read < 0) {
                return;
            }
            body.write(piece, 0, read);
            if (body.size() > most) {
                finish();
                return;
            }
        }
    }

    @Override
    public void onAllDataRead() {
        finish();
    }

    private void finish() {
        if (ended.compareAndSet(false, true)) {
            keep.accept(body.toByteArray());
            pending.dispatch();
        }
    }

    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
        if (ended.compareAndSet(false, true)) {
            late.tell();
            pending.complete();
        }
    }

    /** The client is gone, or has been silent for longer than the container bears. */
    @Override
    public void onError(Throwable broken) {
        if (ended.compareAndSet(false, true)) {
            LOG.debug("a body broke off", broken);
            pending.complete();
        }
    }

    @Override
    public void onError(AsyncEvent event) {
        onError(event.getThrowable());
    }

    @Override
    public void onComplete(AsyncEvent event) {
        // answered
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // the one that has the body now waits for something of its own
    }
}
