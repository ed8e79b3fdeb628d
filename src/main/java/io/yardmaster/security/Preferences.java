package io.yardmaster.security;

/**
 * How an account likes its console.
 *
 * @param zone IANA id; null for that of the browser
 * @param language {@code en} or {@code zh-CN}; null for that of the browser
 * @param theme {@code auto}, {@code light} or {@code dark}
 */
public record Preferences(String zone, String language, String theme) {
    /** All left to the browser. */
    public static final Preferences NONE = new Preferences(null, null, "auto");
}
