package io.yardmaster.web;

import io.yardmaster.security.Caller;
import io.yardmaster.security.NodeCaller;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.ZoneId;
import java.util.function.Supplier;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.process.internal.RequestScoped;

/** Hands {@code @Context Caller}, {@code @Context NodeCaller} and {@code @Context ZoneId}, the caller's, to resource methods. */
final class Callers extends AbstractBinder {
    @Override
    protected void configure() {
        bindFactory(Account.class).to(Caller.class).in(RequestScoped.class);
        bindFactory(Node.class).to(NodeCaller.class).in(RequestScoped.class);
        bindFactory(Zone.class).to(ZoneId.class).in(RequestScoped.class);
    }

    static final class Account implements Supplier<Caller> {
        private final Provider<ContainerRequestContext> request;

        @Inject
        Account(Provider<ContainerRequestContext> request) {
            this.request = request;
        }

        @Override
        public Caller get() {
            Visitor visitor = Identification.ifKnown(request.get());
            return visitor == null ? null : visitor.caller();
        }
    }

    static final class Node implements Supplier<NodeCaller> {
        private final Provider<ContainerRequestContext> request;

        @Inject
        Node(Provider<ContainerRequestContext> request) {
            this.request = request;
        }

        @Override
        public NodeCaller get() {
            return (NodeCaller) request.get().getProperty(NodeGuard.CALLER);
        }
    }

    static final class Zone implements Supplier<ZoneId> {
        private final Provider<ContainerRequestContext> request;

        @Inject
        Zone(Provider<ContainerRequestContext> request) {
            this.request = request;
        }

        @Override
        public ZoneId get() {
            return SurroundingsFinder.zone(request.get());
        }
    }
}
