package dev.tern.peer.io;

import dev.tern.quic.io.EndpointAgent;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Keeps one socket open on the address that leads to the relay: looks every half second whether the
 * system would use another now, and opens that one before it closes the old. Without any address it
 * looks all the time.
 */
final class AddressWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AddressWatch.class);
    private static final long POLL_MS = 500;

    /** Without any address nothing else can be done, and every look counts as a pause. */
    private static final long OFFLINE_POLL_MS = 20;

    private final Network network;
    private final InetSocketAddress relay;
    private final EndpointAgent agent;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "tern-addresses");
                        thread.setDaemon(true);
                        // A peer without its address is silent: nothing is more urgent.
                        thread.setPriority(Thread.MAX_PRIORITY);
                        return thread;
                    });
    private InetSocketAddress open;
    private ScheduledFuture<?> next;

    AddressWatch(Network network, InetSocketAddress relay, EndpointAgent agent) {
        this.network = network;
        this.relay = relay;
        this.agent = agent;
    }

    void start() {
        timer.execute(this::lookAndAgain);
    }

    /** Looks at once. */
    void lookNow() {
        timer.execute(this::lookAndAgain);
    }

    /** The socket on that address is closed already; looks for another at once. */
    void onGone(InetSocketAddress local) {
        timer.execute(
                () -> {
                    if (local.equals(open)) {
                        open = null;
                    }
                    lookAndAgain();
                });
    }

    private void lookAndAgain() {
        if (next != null) {
            next.cancel(false);
        }
        boolean looked = look();
        if (!timer.isShutdown()) {
            long delayMs = looked && open == null ? OFFLINE_POLL_MS : POLL_MS;
            next = timer.schedule(this::lookAndAgain, delayMs, TimeUnit.MILLISECONDS);
        }
    }

    /** Returns false if the address that is wanted cannot be used yet. */
    private boolean look() {
        try {
            InetSocketAddress wanted = network.localAddressTowards(relay);
            InetAddress current = open == null ? null : open.getAddress();
            if (wanted == null ? current == null : wanted.getAddress().equals(current)) {
                return true;
            }
            InetSocketAddress old = open;
            open = agent.call(() -> replace(old, wanted)).get();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.warn("cannot use the new local address yet: {}", e.getMessage());
        }
        return false;
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
