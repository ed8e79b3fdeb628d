package io.yardmaster.web.form;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An address of the console, without the context path, put together from words that may hold anything. */
public final class Address {
    private final String written;

    private Address(String written) {
        this.written = written;
    }

    /** The path of these segments. */
    public static Address of(Object... segments) {
        return new Address(Stream.of(segments)
                .map(segment -> "/" + encoded(segment.toString()))
                .collect(Collectors.joining()));
    }

    /** With {@code value} in its query, unless that is empty or null. */
    public Address with(String name, Object value) {
        if (value == null || value.toString().isEmpty()) {
            return this;
        }
        return new Address(written + (written.contains("?") ? "&" : "?") + name + "=" + encoded(value.toString()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return written;
    }
}
