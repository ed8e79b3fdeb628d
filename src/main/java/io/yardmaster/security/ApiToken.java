package io.yardmaster.security;

import java.time.Instant;

/**
 * A token as its owner sees it; the secret itself is not kept.
 *
 * @param expiresAt null for never
 * @param lastUsedAt to the minute; null before the first use
 * @param revokedAt null while it works
 */
public record ApiToken(
        long id, String name, Instant createdAt, Instant expiresAt, Instant lastUsedAt, Instant revokedAt) {}
