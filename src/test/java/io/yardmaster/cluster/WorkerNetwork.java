package io.yardmaster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A network namespace with a worker in it. A pair of virtual interfaces leads out of it to relays, which hand on to the
 * servers, since these answer plain HTTP to loopback alone. Taken down, the pair loses what is sent, as a pulled cable does.
 * Out here it has an address of loopback's, which meets nobody's network, and what it needs to answer from there.
 */
final class WorkerNetwork implements AutoCloseable {
    private final String name;
    private final String address;
    private final List<ServerSocket> relays = new ArrayList<>();

    /** @param number from 0 to 63, unique in this process while this is open */
    WorkerNetwork(int number) {
        long process = ProcessHandle.current().pid();
        String own = process % 256 + "." + (number + 1);
        String inside = "198.18." + own;
        name = "ymw" + number + "-" + process;
        address = "127.203." + own;
        run("ip", "netns", "add", name);
        run("ip", "link", "add", name, "type", "veth", "peer", "name", "out", "netns", name);
        run("sh", "-c", "echo 1 >/proc/sys/net/ipv4/conf/" + name + "/route_localnet");
        run("nsenter", entered(), "sh", "-c", "echo 1 >/proc/sys/net/ipv4/conf/out/route_localnet");
        run("ip", "address", "add", address, "peer", inside + "/32", "dev", name);
        run("ip", "-n", name, "address", "add", inside, "peer", address + "/32", "dev", "out");
        run("ip", "-n", name, "link", "set", "lo", "up");
        run("ip", "-n", name, "address", "delete", "127.0.0.1/8", "dev", "lo");
        run("ip", "-n", name, "address", "add", "127.0.0.1/32", "dev", "lo");
        run("ip", "-n", name, "link", "set", "out", "up");
        mend();
    }

    /** Whether this machine lets namespaces be made: it takes root and the programs of iproute2 and util-linux. */
    static boolean isPossible() {
        try {
            return new ProcessBuilder("unshare", "--net", "ip", "link")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Relays to each of {@code ports} on loopback. */
    void lead(List<Integer> ports) {
        for (int port : ports) {
            try {
                ServerSocket relay = new ServerSocket(0, 50, InetAddress.getByName(address));
                relays.add(relay);
                daemon(() -> accept(relay, port));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    /** Addresses of the servers as a worker in here sees them. */
    String urls() {
        return relays.stream()
                .map(relay -> "http://" + address + ":" + relay.getLocalPort())
                .collect(Collectors.joining(","));
    }

    /** What a command is to begin with to run in here. */
    List<String> entry() {
        return List.of("nsenter", entered());
    }

    private String entered() {
        return "--net=/run/netns/" + name;
    }

    void cut() {
        run("ip", "link", "set", name, "down");
    }

    void mend() {
        run("ip", "link", "set", name, "up");
    }

    @Override
    public void close() {
        run("ip", "link", "delete", name);
        run("ip", "netns", "delete", name);
        for (ServerSocket relay : relays) {
            try {
                relay.close();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    private static void accept(ServerSocket relay, int port) {
        while (!relay.isClosed()) {
            try {
                Socket worker = relay.accept();
                daemon(() -> relay(worker, port));
            } catch (IOException closed) {
                // the next one is tried, unless it is this end that was closed
            }
        }
    }

    private static void relay(Socket worker, int port) {
        try (worker;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            daemon(() -> pump(worker, server));
            pump(server, worker);
        } catch (IOException refused) {
            // the worker is told by the end of its connection
        }
    }

    /** Until either end is closed, which closes the other. */
    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException closed) {
            // as told by the other pump
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    private static void run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor())
                    .as(String.join(" ", command) + ": " + said)
                    .isZero();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
