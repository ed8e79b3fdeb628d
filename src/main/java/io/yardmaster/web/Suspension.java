package io.yardmaster.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.servlet.spi.AsyncContextDelegate;
import org.glassfish.jersey.servlet.spi.AsyncContextDelegateProvider;

/**
 * Lets a request be answered later, on the container's own asynchronous requests. Jersey would find its equal as a
 * service, in an artefact that also scans every application for resources of its own accord.
 */
final class Suspension extends AbstractBinder {
    @Override
    protected void configure() {
        bind((AsyncContextDelegateProvider) Later::new).to(AsyncContextDelegateProvider.class);
    }

    /** One request. Jersey suspends it at most once, but may complete it before that. */
    private static final class Later implements AsyncContextDelegate, AsyncListener {
        private static final long NO_TIMEOUT = 0;

        private final HttpServletRequest request;
        private final HttpServletResponse response;
        private AsyncContext suspended;
        private boolean completed;

        Later(HttpServletRequest request, HttpServletResponse response) {
            this.request = request;
            this.response = response;
        }

        @Override
        public synchronized void suspend() {
            if (!completed && suspended == null) {
                suspended = request.startAsync(request, response);
                suspended.setTimeout(NO_TIMEOUT);
                suspended.addListener(this);
            }
        }

        @Override
        public synchronized void complete() {
            if (!completed) {
                completed = true;
                if (suspended != null) {
                    suspended.complete();
                }
            }
        }

        @Override
        public synchronized boolean isCompleted() {
            return completed;
        }

        /** The container gave the request up, since its client is gone. */
        @Override
        public synchronized void onComplete(AsyncEvent event) {
            completed = true;
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            // there is none
        }

        @Override
        public void onError(AsyncEvent event) {
            complete();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // begun in suspend()
        }
    }
}
