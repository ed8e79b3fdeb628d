package io.yardmaster.security;

/**
 * A password that was found acceptable, in the form that is stored: see {@link Accounts#accept}.
 *
 * @param hash never shown to anybody
 */
public record HashedPassword(String hash) {
    @Override
    public String toString() {
        return "HashedPassword";
    }
}
