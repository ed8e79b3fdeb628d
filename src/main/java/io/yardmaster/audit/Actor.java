package io.yardmaster.audit;

/**
 * Who acts.
 *
 * @param name an account's name, or {@code system:…} for what the server does by itself
 * @param address IP address that the request came from; null for the server itself
 */
public record Actor(String name, String address) {
    /**
     * The server itself.
     *
     * @param part which part of it, as in {@code reconciler}
     */
    public static Actor system(String part) {
        return new Actor("system:" + part, null);
    }
}
