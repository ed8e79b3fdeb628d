package io.yardmaster.web.definition;

import io.yardmaster.database.Invalid;
import io.yardmaster.security.Caller;
import io.yardmaster.web.api.RequestHeaders;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;

/** What a request wants of the definition that its address names. */
public final class Edit {
    @PathParam("namespace")
    private String namespace;

    @PathParam("name")
    private String name;

    @Context
    private HttpServletRequest request;

    @Context
    private Caller caller;

    public String namespace() {
        return namespace;
    }

    public String name() {
        return name;
    }

    public Caller caller() {
        return caller;
    }

    /** What the writer believes to be there. */
    public Precondition precondition() {
        return Precondition.of(RequestHeaders.ifMatch(request), RequestHeaders.ifNoneMatch(request));
    }

    /**
     * What {@code body} says.
     *
     * @throws Invalid unless it is of that kind, and of the name that the address says
     */
    public Document document(Class<? extends Document> kind, byte[] body) {
        Document document = Bodies.read(body, Bodies.type(request));
        Invalid.Problems problems = new Invalid.Problems();
        problems.check(kind.isInstance(document), "kind", null, "invalid.kind.address");
        problems.check(document.namespace().equals(namespace), "namespace", document.namespace(), "invalid.address");
        problems.check(document.name().equals(name), "name", document.name(), "invalid.address");
        problems.throwIfAny();
        return document;
    }
}
