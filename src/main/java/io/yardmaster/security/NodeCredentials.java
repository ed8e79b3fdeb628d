package io.yardmaster.security;

import java.util.OptionalLong;

/** Knows the workers' credentials; the server's side of the protocol implements it. */
@FunctionalInterface
public interface NodeCredentials {
    /** The id of the node that {@code credential} belongs to; empty if it is unknown or revoked. */
    OptionalLong node(String credential);
}
