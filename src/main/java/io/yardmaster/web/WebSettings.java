package io.yardmaster.web;

import java.util.Set;

/**
 * What the console needs to know about where it stands.
 *
 * @param instanceName shown on every page, so that nobody mistakes production for the test system; may be empty
 * @param trustedProxies IP addresses whose {@code X-Forwarded-For} and {@code X-Forwarded-Proto} are believed
 */
public record WebSettings(String instanceName, Set<String> trustedProxies) {
    public WebSettings {
        trustedProxies = Set.copyOf(trustedProxies);
    }
}
