package io.yardmaster.web.account;

import io.yardmaster.database.Invalid;
import io.yardmaster.security.Role;
import jakarta.ws.rs.FormParam;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an administrator writes about an account. Roles come as pairs of fields, of which empty ones do not count. */
public final class AccountForm {
    @FormParam("name")
    private String name;

    @FormParam("password")
    private String password;

    @FormParam("namespace")
    private List<String> namespaces = List.of();

    @FormParam("role")
    private List<String> given = List.of();

    public String name() {
        return name;
    }

    /** Null if none was given: such an account has API tokens only. */
    String password() {
        return password == null || password.isEmpty() ? null : password;
    }

    /** @throws Invalid if a namespace is named twice or a role is unknown */
    Map<String, Role> roles() {
        Map<String, Role> roles = new TreeMap<>();
        for (int i = 0; i < Math.min(namespaces.size(), given.size()); i++) {
            String namespace = namespaces.get(i).strip();
            if (!namespace.isEmpty() && roles.put(namespace, role(given.get(i))) != null) {
                throw new Invalid("namespace", namespace, "invalid.namespace.twice");
            }
        }
        return roles;
    }

    /** The pairs as they can be shown again, even if they were refused. */
    public Map<String, Role> shownRoles() {
        try {
            return roles();
        } catch (Invalid refused) {
            return Map.of();
        }
    }

    private static Role role(String name) {
        try {
            return Role.valueOf(name);
        } catch (IllegalArgumentException unknown) {
            throw new Invalid("role", name, "invalid.choice", "VIEWER, OPERATOR, EDITOR, ADMIN");
        }
    }
}
