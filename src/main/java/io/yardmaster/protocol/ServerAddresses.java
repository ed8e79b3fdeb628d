package io.yardmaster.protocol;

import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The servers of one cluster, one of them in use: any of them will do, so a failure moves on to the next. */
final class ServerAddresses {
    private final List<URI> servers;
    private final AtomicInteger used = new AtomicInteger();

    ServerAddresses(List<URI> servers) {
        if (servers.isEmpty()) {
            throw new IllegalArgumentException(
                    "no server address: name at least one, such as https://yardmaster.example.com:8443");
        }
        servers.forEach(ServerAddresses::check);
        this.servers = List.copyOf(servers);
    }

    URI current() {
        return servers.get(Math.floorMod(used.get(), servers.size()));
    }

    int size() {
        return servers.size();
    }

    /** Moves on from {@code failed}, once for all who saw it fail. */
    void moveOnFrom(URI failed) {
        int now = used.get();
        if (servers.get(Math.floorMod(now, servers.size())).equals(failed)) {
            used.compareAndSet(now, now + 1);
        }
    }

    private static void check(URI server) {
        if (server.getHost() == null || !List.of("http", "https").contains(String.valueOf(server.getScheme()))) {
            throw new IllegalArgumentException("server address \"" + server
                    + "\" is not a URL with http or https and a host, such as https://yardmaster.example.com:8443");
        }
    }
}
