package io.yardmaster.web;

import io.yardmaster.database.Database;
import io.yardmaster.security.NodeCredentials;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.glassfish.jersey.media.multipart.MultiPartFeature;
import org.glassfish.jersey.media.multipart.MultiPartProperties;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.servlet.ServletContainer;

/** Puts pages, API and agent protocol on a servlet container. Resources are plain objects that their makers hand in. */
public final class WebApplication {
    private static final int MOST_PARTS = 500;

    private final Database database;
    private final WebSettings settings;
    private final InstantSource clock;
    private final NodeCredentials nodes;
    private final Duration patience;
    private final long room;

    /** @param nodes who knows the workers' credentials */
    public WebApplication(Database database, WebSettings settings, InstantSource clock, NodeCredentials nodes) {
        this(database, settings, clock, nodes, Intake.PATIENCE, BodyRoom.ofThisHeap());
    }

    /**
     * @param patience with bodies that are slow to come
     * @param room bytes, for all larger bodies together
     */
    WebApplication(
            Database database,
            WebSettings settings,
            InstantSource clock,
            NodeCredentials nodes,
            Duration patience,
            long room) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
        this.nodes = nodes;
        this.patience = patience;
        this.room = room;
    }

    /** Call while {@code context} starts: from a listener or a container initializer. */
    public void install(ServletContext context, Collection<?> resources) {
        Messages messages = new Messages();
        var edge = context.addFilter("edge", new EdgeFilter(new Proxies(settings.trustedProxies()), messages));
        edge.setAsyncSupported(true);
        edge.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
        BodyRoom bodies = new BodyRoom(room);
        context.addListener(bodies);
        KnownSender known = new KnownSender(database, nodes);
        var intake = context.addFilter("intake", new Intake(known, bodies, messages, patience));
        intake.setAsyncSupported(true);
        intake.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, "/*");
        var rest = context.addServlet("rest", new ServletContainer(config(resources)));
        rest.setAsyncSupported(true);
        rest.setLoadOnStartup(1);
        rest.addMapping("/*");
    }

    /** {@code resources} with guards, pages, JSON and failures around them. */
    ResourceConfig config(Collection<?> resources) {
        Messages messages = new Messages();
        Assets assets = new Assets();
        ResourceConfig config = new ResourceConfig();
        config.register(new BodyLimit());
        config.register(new HangUp());
        Identification identification = new Identification(database);
        config.register(new RouteRules(identification, nodes));
        config.register(new SurroundingsFilter(new SurroundingsFinder(settings, clock, messages, assets)));
        config.register(new PageWriter(new Templates(messages)));
        config.register(new JsonBody());
        config.register(MultiPartFeature.class);
        config.register(uploads().resolver());
        config.register(new Failures(new RefusedAttempts(database, clock), identification));
        config.register(new Callers());
        config.register(new Suspension());
        Set<Object> all = new LinkedHashSet<>(resources);
        all.add(new AssetResource(assets));
        all.forEach(resource -> config.register(resource.getClass()));
        config.register(new Made(all));
        config.property(ServerProperties.WADL_FEATURE_DISABLE, true);
        config.property(ServerProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true);
        config.property(ServerProperties.METAINF_SERVICES_LOOKUP_DISABLE, true);
        config.property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true);
        config.property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true);
        config.property(ServerProperties.PROCESSING_RESPONSE_ERRORS_ENABLED, true);
        return config;
    }

    /** Files stay in memory, as the whole request does, whose size is bounded. */
    private static MultiPartProperties uploads() {
        return new MultiPartProperties()
                .bufferThreshold(MultiPartProperties.BUFFER_THRESHOLD_MEMORY_ONLY)
                .maxParts(MOST_PARTS);
    }
}
