package io.yardmaster.security;

import io.yardmaster.audit.Actor;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Who makes a request, and what they may do. Resource methods take it as {@code @Context Caller}. */
public final class Caller implements java.security.Principal {
    /** Stands for every namespace. */
    public static final String EVERYWHERE = "*";

    private final long account;
    private final Actor actor;
    private final Map<String, Role> roles;
    private Permission demanded;

    public Caller(long account, Actor actor, Map<String, Role> roles) {
        this.account = account;
        this.actor = actor;
        this.roles = Map.copyOf(roles);
    }

    public long account() {
        return account;
    }

    @Override
    public String getName() {
        return actor.name();
    }

    /** As the audit names them. */
    public Actor actor() {
        return actor;
    }

    /** By namespace; {@link #EVERYWHERE} among them stands for all. */
    public Map<String, Role> roles() {
        return roles;
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
        if (demanded == null || demanded.compareTo(permission) < 0) {
            demanded = permission;
        }
        if (!may(permission, namespace)) {
            throw new Denied(may(Permission.VIEW, namespace));
        }
    }

    /**
     * Whether {@link #demand} was called for at least {@code permission}: an answer about an object that nobody asked
     * permission for is withheld.
     */
    public boolean hasDemanded(Permission permission) {
        return demanded != null && permission.compareTo(demanded) <= 0;
    }

    private boolean grants(String namespace, Permission permission) {
        Role role = roles.get(namespace);
        return role != null && role.may(permission);
    }
}
