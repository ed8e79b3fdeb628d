package io.yardmaster.security;

/** What an account is in a namespace; each may do all that the one before may. */
public enum Role {
    VIEWER(Permission.VIEW),
    OPERATOR(Permission.OPERATE),
    EDITOR(Permission.EDIT),
    ADMIN(Permission.ADMINISTER);

    private final Permission greatest;

    Role(Permission greatest) {
        this.greatest = greatest;
    }

    /** Permissions are ordered: who may do one may do all before it. */
    public boolean may(Permission permission) {
        return permission.compareTo(greatest) <= 0;
    }
}
