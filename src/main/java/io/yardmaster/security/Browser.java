package io.yardmaster.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Where a sign-in comes from.
 *
 * @param address IP address
 * @param token what the browser keeps from an earlier sign-in; null if it has none
 */
public record Browser(String address, String token) {
    private static final int LONGEST_TOKEN = 64;
    /** Bytes. */
    private static final int IPV6_NETWORK = 8;

    /** The database keeps only the hash; null as {@link #token} is. */
    byte[] hash() {
        return token == null || token.length() > LONGEST_TOKEN ? null : RandomToken.hash(token);
    }

    /** Whose the address is: of IPv6, anybody has all that begin with the same 64 bits. */
    String network() {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            // what has a colon is no name, so nobody is asked for it
            byte[] bytes = InetAddress.getByName(address).getAddress();
            if (bytes.length > IPV6_NETWORK) {
                Arrays.fill(bytes, IPV6_NETWORK, bytes.length, (byte) 0);
            }
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException noAddress) {
            return address;
        }
    }
}
