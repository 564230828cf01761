package dev.tern.peer.io;

import dev.tern.quic.io.EndpointAgent;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Keeps one socket open on the address that leads to the relay: looks every half second whether the
 * system would use another now, and opens that one before it closes the old.
 */
final class AddressWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AddressWatch.class);
    private static final long POLL_MS = 500;

    private final Network network;
    private final InetSocketAddress relay;
    private final EndpointAgent agent;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "tern-addresses");
                        thread.setDaemon(true);
                        return thread;
                    });
    private InetSocketAddress open;

    AddressWatch(Network network, InetSocketAddress relay, EndpointAgent agent) {
        this.network = network;
        this.relay = relay;
        this.agent = agent;
    }

    void start() {
        timer.scheduleWithFixedDelay(this::look, 0, POLL_MS, TimeUnit.MILLISECONDS);
    }

    /** Looks at once. */
    void lookNow() {
        timer.execute(this::look);
    }

    /** The socket on that address is closed already; looks for another at once. */
    void onGone(InetSocketAddress local) {
        timer.execute(
                () -> {
                    if (local.equals(open)) {
                        open = null;
                    }
                    look();
                });
    }

    private void look() {
        try {
            InetSocketAddress wanted = network.localAddressTowards(relay);
            InetAddress current = open == null ? null : open.getAddress();
            if (wanted == null ? current == null : wanted.getAddress().equals(current)) {
                return;
            }
            InetSocketAddress old = open;
            open = agent.call(() -> replace(old, wanted)).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.warn("cannot use the new local address yet: {}", e.getMessage());
        }
    }

    /** On the agent's thread, in one go: a hand-over between threads may cost a millisecond. */
    private InetSocketAddress replace(InetSocketAddress old, InetSocketAddress wanted)
            throws IOException {
        InetSocketAddress opened = wanted == null ? null : agent.openAddress(wanted, null);
        if (old != null) {
            agent.closeAddress(old);
        }
        return opened;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
