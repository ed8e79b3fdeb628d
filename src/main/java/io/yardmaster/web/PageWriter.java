package io.yardmaster.web;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renders pages; the one place that knows Thymeleaf's engine. */
final class PageWriter implements MessageBodyWriter<PageInSurroundings> {
    private static final Logger LOG = LoggerFactory.getLogger(PageWriter.class);
    /** Page templates are one element that the layout replaces, so they cannot bring it. */
    private static final String DOCTYPE = "<!DOCTYPE html>\n";

    private final Templates templates;

    PageWriter(Templates templates) {
        this.templates = templates;
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return type == PageInSurroundings.class;
    }

    /** Rendered as a whole before the first byte is sent, so that a failure becomes an error page, not half a page. */
    @Override
    public void writeTo(
            PageInSurroundings page,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, Object> headers,
            OutputStream out)
            throws IOException {
        out.write((DOCTYPE + rendered(page)).getBytes(StandardCharsets.UTF_8));
    }

    /** If even the page about a failure fails, its id is told bare. */
    private String rendered(PageInSurroundings page) {
        try {
            return templates.render(page);
        } catch (RuntimeException failure) {
            if (!page.page().template().equals(Failures.TEMPLATE)) {
                throw failure;
            }
            LOG.error("the page about error {} failed", page.page().model().get("id"), failure);
            return "<title>Yardmaster</title><p>Error " + page.page().model().get("id") + "</p>";
        }
    }
}
