package io.yardmaster.web;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import java.lang.annotation.Annotation;

/** Turns a {@link View} into an answer: a page gets its surroundings, a redirect its address and its flash. */
@Priority(Priorities.USER)
final class SurroundingsFilter implements ContainerResponseFilter {
    private static final int SEE_OTHER = 303;

    private final SurroundingsFinder finder;

    SurroundingsFilter(SurroundingsFinder finder) {
        this.finder = finder;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getEntity() instanceof Page page) {
            show(page, request, response);
        } else if (response.getEntity() instanceof Redirect redirect) {
            send(redirect, request, response);
        }
    }

    private void show(Page page, ContainerRequestContext request, ContainerResponseContext response) {
        if (page.status() != Page.of("").status()) {
            response.setStatus(page.status());
        }
        if (request.getCookies().containsKey(Flash.COOKIE)) {
            response.getHeaders().add(HttpHeaders.SET_COOKIE, Flash.spent());
        }
        response.getHeaders().putSingle(HttpHeaders.VARY, "Accept-Language, Cookie, HX-Request");
        response.setEntity(
                new PageInSurroundings(page, finder.of(request)),
                new Annotation[0],
                MediaType.TEXT_HTML_TYPE.withCharset("utf-8"));
    }

    private void send(Redirect redirect, ContainerRequestContext request, ContainerResponseContext response) {
        response.setStatus(SEE_OTHER);
        String target = SurroundingsFinder.contextPath(request) + redirect.path();
        response.getHeaders().putSingle(HttpHeaders.LOCATION, target);
        if (redirect.flash() != null) {
            NewCookie cookie = Flash.cookie(redirect);
            response.getHeaders().add(HttpHeaders.SET_COOKIE, cookie);
        }
        response.setEntity(null);
    }
}
