package io.yardmaster.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The declared proxies and what they say. A header may stand in several lines: some proxies add one of their own. */
final class Proxies {
    private final List<AddressRange> ranges;

    /** @param addresses single ones and ranges, in any form */
    Proxies(Set<String> addresses) {
        this.ranges = addresses.stream()
                .map(AddressRange::of)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Whether {@code address} is one of them. */
    boolean include(String address) {
        return IpAddress.of(address)
                .filter(known -> ranges.stream().anyMatch(range -> range.includes(known)))
                .isPresent();
    }

    /**
     * Who sent the request to the outermost proxy: the last address that is no proxy of ours. What stands left of it was
     * written by the client and is not believed, nor is what is no address.
     */
    String client(HttpServletRequest request) {
        List<String> hops = values(request, "X-Forwarded-For").toList();
        String nearest = request.getRemoteAddr();
        for (int i = hops.size() - 1; i >= 0 && include(nearest); i--) {
            Optional<String> hop = IpAddress.of(hops.get(i));
            if (hop.isEmpty()) {
                return nearest;
            }
            nearest = hop.get();
        }
        return nearest;
    }

    /** Whether the proxy next to us was reached by TLS. */
    boolean secure(HttpServletRequest request) {
        return values(request, "X-Forwarded-Proto")
                .reduce((first, last) -> last)
                .filter("https"::equalsIgnoreCase)
                .isPresent();
    }

    private static Stream<String> values(HttpServletRequest request, String header) {
        return Collections.list(request.getHeaders(header)).stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip);
    }
}
