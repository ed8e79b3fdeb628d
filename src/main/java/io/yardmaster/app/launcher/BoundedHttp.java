package io.yardmaster.app.launcher;

import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * HTTP whose connections are bounded where Tomcat's are not: a request's head has to come whole within a time, however
 * many bytes of it come now and then, and no address, nor network of IPv6, takes all connections.
 */
final class BoundedHttp extends Http11NioProtocol {
    /** Of 16 bits. */
    private static final int GROUPS = 4;

    private final Duration headTime;
    private ScheduledFuture<?> looks;

    /**
     * @param headTime from the first byte of a head to its last
     * @param perAddress how many connections one address may have
     * @param unbounded the addresses of which this does not hold
     */
    BoundedHttp(Duration headTime, int perAddress, Predicate<String> unbounded) {
        super(new Endpoint(perAddress, unbounded));
        this.headTime = headTime;
    }

    @Override
    public void start() throws Exception {
        super.start();
        long pause = headTime.toMillis() / 10;
        looks = getUtilityExecutor().scheduleWithFixedDelay(this::endSlow, pause, pause, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() throws Exception {
        if (looks != null) {
            looks.cancel(false);
        }
        super.stop();
    }

    private void endSlow() {
        for (SocketWrapperBase<NioChannel> connection : getEndpoint().getConnections()) {
            if (hasSlowHead(connection)) {
                getEndpoint().processSocket(connection, SocketEvent.ERROR, true);
            }
        }
    }

    /** A processor that nobody works with, and that no answer is owed to later, waits for the rest of a head. */
    private boolean hasSlowHead(SocketWrapperBase<NioChannel> connection) {
        if (!(connection.getCurrentProcessor() instanceof Processor idle) || idle.isAsync() || idle.isUpgrade()) {
            return false;
        }
        long begun = idle.getRequest().getStartTimeNanos();
        return begun > 0 && System.nanoTime() - begun > headTime.toNanos();
    }

    /**
     * Whose address it is: of IPv6, anybody has all that begin with the same 64 bits.
     *
     * @param address as the JDK writes it, with all eight groups of IPv6; null of a connection that has ended
     */
    static String network(String address) {
        if (address == null || address.indexOf(':') < 0) {
            return address;
        }
        int end = -1;
        for (int group = 0; group < GROUPS; group++) {
            end = address.indexOf(':', end + 1);
        }
        return address.substring(0, end);
    }

    private static final class Endpoint extends NioEndpoint {
        private static final long BETWEEN_LINES = TimeUnit.MINUTES.toNanos(1);

        private final int perAddress;
        private final Predicate<String> unbounded;
        /** Of the acceptor's thread alone. */
        private long told = System.nanoTime() - BETWEEN_LINES;

        Endpoint(int perAddress, Predicate<String> unbounded) {
            this.perAddress = perAddress;
            // without it no connection would ever be answered
            this.unbounded = Objects.requireNonNull(unbounded, "unbounded");
        }

        @Override
        protected boolean setSocketOptions(SocketChannel accepted) {
            String address = accepted.socket().getInetAddress().getHostAddress();
            if (!unbounded.test(address) && connections(network(address)) >= perAddress) {
                destroySocket(accepted);
                tell(address);
                return true;
            }
            return super.setSocketOptions(accepted);
        }

        private void tell(String address) {
            long now = System.nanoTime();
            if (now - told > BETWEEN_LINES) {
                told = now;
                getLog().warn(address + " has " + perAddress + " connections and gets no more: where many come by one"
                        + " address, as by a proxy, name it in server.proxies");
            }
        }

        private long connections(String network) {
            return getConnections().stream()
                    .filter(connection -> network.equals(network(connection.getRemoteAddr())))
                    .count();
        }
    }
}
