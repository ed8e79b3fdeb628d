package io.yardmaster.security;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who makes a request, and what they may do. Resources get it injected as {@code @Context SecurityContext}'s principal
 * through {@code Callers.of(context)}.
 */
public final class Caller implements java.security.Principal {
    /** Stands for every namespace. */
    public static final String EVERYWHERE = "*";

    private final long account;
    private final String name;
    private final Map<String, Role> roles;
    private boolean demanded;

    public Caller(long account, String name, Map<String, Role> roles) {
        this.account = account;
        this.name = name;
        this.roles = Map.copyOf(roles);
    }

    public long account() {
        return account;
    }

    @Override
    public String getName() {
        return name;
    }

    /** Whether the caller has {@code permission} in {@code namespace}. */
    public boolean may(Permission permission, String namespace) {
        return grants(EVERYWHERE, permission) || grants(namespace, permission);
    }

    public boolean mayEverywhere(Permission permission) {
        return grants(EVERYWHERE, permission);
    }

    public boolean mayAnywhere(Permission permission) {
        return roles.values().stream().anyMatch(role -> role.may(permission));
    }

    /** Namespaces in which the caller has {@code permission}; {@link #EVERYWHERE} among them stands for all. */
    public Set<String> namespaces(Permission permission) {
        Set<String> found = new TreeSet<>();
        roles.forEach((namespace, role) -> {
            if (role.may(permission)) {
                found.add(namespace);
            }
        });
        return found;
    }

    /**
     * Insists on {@code permission} in the namespace of an object that was looked up.
     *
     * @throws Denied as for a missing object if the caller may not even view it
     */
    public void demand(Permission permission, String namespace) {
        demanded = true;
        if (!may(permission, namespace)) {
            throw new Denied(may(Permission.VIEW, namespace));
        }
    }

    /** Whether {@link #demand} was called: an answer about an object that nobody asked permission for is withheld. */
    public boolean hasDemanded() {
        return demanded;
    }

    private boolean grants(String namespace, Permission permission) {
        Role role = roles.get(namespace);
        return role != null && role.may(permission);
    }
}
