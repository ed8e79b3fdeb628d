package io.yardmaster.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses as containers, proxies and people write them, in one form so that they can be compared. */
public final class IpAddress {
    private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern FOUR = Pattern.compile("(" + BYTE + "(?:\\." + BYTE + "){3})(?::[0-9]{1,5})?");
    private static final Pattern SIX =
            Pattern.compile("\\[?([0-9a-fA-F:.]*:[0-9a-fA-F:.]*)(?:%[^\\]]*)?(?:\\](?::[0-9]{1,5})?)?");

    private IpAddress() {}

    /** The one form of {@code text}, without port, brackets and zone; empty if it is no address. Asks no name server. */
    public static Optional<String> of(String text) {
        String given = text.strip();
        Matcher four = FOUR.matcher(given);
        if (four.matches()) {
            return literal(four.group(1));
        }
        Matcher six = SIX.matcher(given);
        return six.matches() ? literal(six.group(1)) : Optional.empty();
    }

    /** Whether {@code address}, in the form of {@link #of}, is this machine's way to itself. */
    public static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException none) {
            return false;
        }
    }

    private static Optional<String> literal(String address) {
        try {
            return Optional.of(InetAddress.getByName(address).getHostAddress());
        } catch (UnknownHostException none) {
            return Optional.empty();
        }
    }
}
