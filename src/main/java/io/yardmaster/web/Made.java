package io.yardmaster.web;

import java.util.Set;
import org.glassfish.jersey.internal.inject.AbstractBinder;

/** Resources that are already made: Jersey knows their classes and finds the objects here. */
final class Made extends AbstractBinder {
    private final Set<?> resources;

    Made(Set<?> resources) {
        this.resources = resources;
    }

    @Override
    protected void configure() {
        resources.forEach(this::bindAs);
    }

    private <R> void bindAs(R resource) {
        @SuppressWarnings("unchecked") // getClass() of an R
        Class<R> type = (Class<R>) resource.getClass();
        bind(resource).to(type);
    }
}
