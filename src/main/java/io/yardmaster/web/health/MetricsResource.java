package io.yardmaster.web.health;

import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

/** {@code GET /metrics} for Prometheus, with a bearer token of an account that may view everything. */
@Path("/metrics")
public final class MetricsResource {
    private final Metrics metrics;

    public MetricsResource(Metrics metrics) {
        this.metrics = metrics;
    }

    @GET
    @Produces("text/plain; version=0.0.4; charset=utf-8")
    @Requires(value = Permission.VIEW, on = ObjectRule.EVERYWHERE)
    public String scrape() {
        return metrics.scrape();
    }
}
