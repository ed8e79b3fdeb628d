package io.yardmaster.security;

/**
 * Where a sign-in comes from.
 *
 * @param address IP address
 * @param token what the browser keeps from an earlier sign-in; null if it has none
 */
public record Browser(String address, String token) {
    private static final int LONGEST_TOKEN = 64;

    /** The database keeps only the hash; null as {@link #token} is. */
    byte[] hash() {
        return token == null || token.length() > LONGEST_TOKEN ? null : RandomToken.hash(token);
    }
}
