package io.yardmaster.app;

import io.yardmaster.web.AddressRange;
import io.yardmaster.web.IpAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The web application on the embedded Tomcat. */
final class WebServer {
    private WebServer() {}

    /**
     * Starts it and returns what stops it.
     *
     * @throws Refused if the port is taken, the application cannot start, or plain HTTP would be served to others
     */
    static AutoCloseable start(Launcher launcher, Settings settings, DataDirectory data) {
        Map<String, Object> options = new HashMap<>();
        options.put("war", launcher.unpacked());
        options.put("work", data.directory("tomcat"));
        options.put("address", settings.text(Setting.SERVER_ADDRESS));
        options.put("port", settings.number(Setting.SERVER_PORT));
        Certificate.of(settings, data).ifPresent(certificate -> {
            options.put("keystore", certificate.keystore());
            options.put("keystorePassword", certificate.password());
        });
        options.put("unbounded", passingOthersOn(settings));
        options.put("settings", settings.handedOver());
        return launcher.tomcat(options);
    }

    /** Says of an address whether many people and workers may come by it: this machine's own, and the proxies'. */
    private static Predicate<String> passingOthersOn(Settings settings) {
        List<AddressRange> proxies = settings.list(Setting.SERVER_PROXIES).stream()
                .map(AddressRange::of)
                .flatMap(Optional::stream)
                .toList();
        return address -> IpAddress.isLoopback(address)
                || IpAddress.of(address)
                        .filter(known -> proxies.stream().anyMatch(proxy -> proxy.includes(known)))
                        .isPresent();
    }

    /** Where this server is reached, as far as it knows. */
    static String url(Settings settings) {
        if (settings.has(Setting.SERVER_URL)) {
            return settings.text(Setting.SERVER_URL);
        }
        String address = settings.text(Setting.SERVER_ADDRESS);
        return url(settings, isAny(address) ? ServerName.host() : address);
    }

    /** Where a process of this machine reaches it. */
    static String localUrl(Settings settings) {
        String address = settings.text(Setting.SERVER_ADDRESS);
        return url(settings, isAny(address) ? "127.0.0.1" : address);
    }

    private static String url(Settings settings, String host) {
        String scheme = Certificate.isNeeded(settings) ? "https" : "http";
        String literal = host.contains(":") ? "[" + host + "]" : host;
        return scheme + "://" + literal + ":" + settings.number(Setting.SERVER_PORT);
    }

    private static boolean isAny(String address) {
        return address.equals("0.0.0.0") || address.equals("::");
    }

    static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            throw new Refused("server.address is '" + address + "', which is no address of this machine", unknown);
        }
    }
}
