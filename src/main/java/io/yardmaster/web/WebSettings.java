package io.yardmaster.web;

import java.util.Set;

/**
 * What the console needs to know about where it stands.
 *
 * @param instanceName shown on every page, so that nobody mistakes production for the test system; may be empty
 * @param trustedProxies IP addresses and ranges of them, as in 10.244.0.0/16, that may be served plain HTTP
 *     and whose {@code X-Forwarded-For} and {@code X-Forwarded-Proto} are believed
 */
public record WebSettings(String instanceName, Set<String> trustedProxies) {
    public WebSettings {
        trustedProxies = Set.copyOf(trustedProxies);
    }
}
