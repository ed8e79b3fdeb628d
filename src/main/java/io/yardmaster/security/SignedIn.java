package io.yardmaster.security;

/**
 * An account and how it came.
 *
 * @param csrfToken what forms of its web session must carry; null if it came with an API token
 */
public record SignedIn(Account account, String csrfToken) {}
