package io.yardmaster.security;

import java.util.EnumSet;
import java.util.Set;

/** What an account is in a namespace; each may do all that the one before may. */
public enum Role {
    VIEWER(EnumSet.of(Permission.VIEW)),
    OPERATOR(EnumSet.of(Permission.VIEW, Permission.OPERATE)),
    EDITOR(EnumSet.of(Permission.VIEW, Permission.OPERATE, Permission.EDIT)),
    ADMIN(EnumSet.allOf(Permission.class));

    private final Set<Permission> permissions;

    Role(Set<Permission> permissions) {
        this.permissions = permissions;
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }
}
