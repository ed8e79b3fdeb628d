package io.yardmaster.security;

import io.yardmaster.audit.Actor;
import java.time.Instant;
import java.util.Map;

/**
 * One who may sign in or call the API.
 *
 * @param disabledAt null while it may be used
 * @param version grows with every change; an edit says which one it saw
 * @param roles by namespace, {@link Caller#EVERYWHERE} among them
 */
public record Account(
        long id,
        String name,
        Preferences preferences,
        Instant disabledAt,
        Instant createdAt,
        int version,
        Map<String, Role> roles) {
    public Account {
        roles = Map.copyOf(roles);
    }

    public boolean isDisabled() {
        return disabledAt != null;
    }

    /** This account as the one who makes a request from {@code address}. */
    public Caller callerFrom(String address) {
        return new Caller(id, new Actor(name, address), roles);
    }
}
