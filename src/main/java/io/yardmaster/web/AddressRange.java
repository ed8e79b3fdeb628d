package io.yardmaster.web;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses that begin alike, as {@code 10.244.0.0/16} names them, or just one.
 *
 * @param beginning the bits in which they agree
 * @param length how many bits these are
 * @param width how many bits an address has: 32 or 128
 */
public record AddressRange(BigInteger beginning, int length, int width) {
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,3}");

    /** Empty if {@code text} is neither an address nor an address, a slash and a number of bits. */
    public static Optional<AddressRange> of(String text) {
        String[] parts = text.strip().split("/", 2);
        Optional<AddressRange> one = IpAddress.of(parts[0]).map(AddressRange::justOne);
        return parts.length == 1
                ? one
                : one.filter(range -> range.isLength(parts[1])).map(range -> range.shortened(parts[1]));
    }

    /** Whether {@code address}, in the form of {@link IpAddress}, is one of them. */
    public boolean includes(String address) {
        AddressRange other = justOne(address);
        return width == other.width && other.shortened(length).equals(this);
    }

    private static AddressRange justOne(String address) {
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return new AddressRange(new BigInteger(1, bytes), bytes.length * Byte.SIZE, bytes.length * Byte.SIZE);
        } catch (UnknownHostException noAddress) {
            throw new IllegalArgumentException(address, noAddress);
        }
    }

    private boolean isLength(String text) {
        return LENGTH.matcher(text).matches() && Integer.parseInt(text) <= width;
    }

    private AddressRange shortened(String bits) {
        return shortened(Integer.parseInt(bits));
    }

    private AddressRange shortened(int bits) {
        return new AddressRange(beginning.shiftRight(width - bits), bits, width);
    }
}
