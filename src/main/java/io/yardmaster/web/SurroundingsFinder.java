package io.yardmaster.web;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Cookie;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.stream.Stream;

/** Gathers what a page knows of its request. */
final class SurroundingsFinder {
    /** Set by the console's script from what the browser knows. */
    private static final String ZONE_COOKIE = "yardmaster-zone";

    private final WebSettings settings;
    private final InstantSource clock;
    private final Messages messages;
    private final Assets assets;

    SurroundingsFinder(WebSettings settings, InstantSource clock, Messages messages, Assets assets) {
        this.settings = settings;
        this.clock = clock;
        this.messages = messages;
        this.assets = assets;
    }

    Surroundings of(ContainerRequestContext request) {
        Visitor known = Identification.ifKnown(request);
        Visitor visitor = known == null ? Visitor.UNKNOWN : known;
        Language language = Language.of(visitor.preferences().language(), request.getAcceptableLanguages());
        String contextPath = contextPath(request);
        String path = request.getUriInfo().getPath();
        return new Surroundings(
                visitor.caller(),
                visitor.csrfToken() == null ? "" : visitor.csrfToken(),
                language,
                zone(request),
                visitor.preferences().theme(),
                contextPath,
                path.split("/", 2)[0],
                request.getUriInfo().getRequestUri().getRawPath(),
                flash(request, language),
                settings.instanceName(),
                clock.instant(),
                assets.urls(contextPath));
    }

    /** Without a slash at the end; empty at the root. */
    static String contextPath(ContainerRequestContext request) {
        return request.getUriInfo().getBaseUri().getRawPath().replaceFirst("/$", "");
    }

    /** The zone that the caller reads and writes times in: the account's, else the browser's, else UTC. */
    static ZoneId zone(ContainerRequestContext request) {
        Visitor known = Identification.ifKnown(request);
        Visitor visitor = known == null ? Visitor.UNKNOWN : known;
        Cookie cookie = request.getCookies().get(ZONE_COOKIE);
        return Stream.of(visitor.preferences().zone(), cookie == null ? null : cookie.getValue())
                .filter(name -> name != null && isZone(name))
                .findFirst()
                .<ZoneId>map(ZoneId::of)
                .orElse(ZoneId.of("UTC"));
    }

    private static boolean isZone(String name) {
        try {
            ZoneId.of(name);
            return true;
        } catch (DateTimeException unknown) {
            return false;
        }
    }

    private String flash(ContainerRequestContext request, Language language) {
        Cookie cookie = request.getCookies().get(Flash.COOKIE);
        return cookie == null ? null : Flash.read(cookie.getValue(), messages, language);
    }
}
