package io.yardmaster.node;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A node's secret. Only its hash is stored; with 256 random bits SHA-256 suffices.
 *
 * @param token what the worker sends
 */
public record NodeCredential(String token) {
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    static NodeCredential random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new NodeCredential(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Never shows the secret. */
    @Override
    public String toString() {
        return "NodeCredential";
    }
}
