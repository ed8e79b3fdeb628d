package io.yardmaster.security;

/** The caller may not do this. */
public final class Denied extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean mayView;

    public Denied(boolean mayView) {
        super(mayView ? "your roles do not permit this" : "no such object");
        this.mayView = mayView;
    }

    /** Answer 403 if so; otherwise 404, so that nobody learns of objects they may not see. */
    public boolean mayView() {
        return mayView;
    }
}
