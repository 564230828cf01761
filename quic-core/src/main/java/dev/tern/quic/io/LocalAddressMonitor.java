package dev.tern.quic.io;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Watches which addresses this machine has by asking for them twice a second, on a thread of its
 * own, for the answer may take a while. What came is reported before what went, so that nobody is
 * without an address who need not be.
 */
public final class LocalAddressMonitor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalAddressMonitor.class);
    private static final long INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final LocalAddressListener listener;
    private final boolean loopback;
    private final Set<InetAddress> gone = ConcurrentHashMap.newKeySet();
    private Set<LocalAddress> known = Set.of();
    private volatile boolean closed;
    private Thread thread;

    /**
     * @param loopback whether addresses of this machine alone count, too
     */
    public LocalAddressMonitor(boolean loopback, LocalAddressListener listener) {
        this.loopback = loopback;
        this.listener = listener;
    }

    /** Reports the addresses of this moment, on the calling thread, and watches from now on. */
    public void start() {
        poll();
        thread = Thread.ofPlatform().name("local-addresses").daemon().start(this::run);
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(INTERVAL_NS);
            if (!closed) {
                poll();
            }
        }
    }

    private void poll() {
        try {
            update(usableAddresses());
        } catch (IOException e) {
            LOG.warn("cannot list the network interfaces; next try in half a second", e);
        }
    }

    /**
     * Any thread: somebody has found an address gone and closed what used it. If it is there at the
     * next look, it is reported as added.
     */
    public void onGone(InetAddress address) {
        gone.add(address);
    }

    /** Reports how {@code current} differs from what was known, and knows it from now on. */
    void update(Set<LocalAddress> current) {
        Set<LocalAddress> before = new LinkedHashSet<>(known);
        Set<InetAddress> lost = Set.copyOf(gone);
        gone.removeAll(lost);
        before.removeIf(address -> lost.contains(address.address()));
        known = Set.copyOf(current);
        for (LocalAddress address : current) {
            if (!before.contains(address)) {
                listener.onAddressAdded(address);
            }
        }
        for (LocalAddress address : before) {
            if (!current.contains(address)) {
                listener.onAddressRemoved(address);
            }
        }
    }

    private Set<LocalAddress> usableAddresses() throws IOException {
        Set<LocalAddress> addresses = new LinkedHashSet<>();
        Enumeration<NetworkInterface> interfaces = NetworkInterface.getNetworkInterfaces();
        while (interfaces.hasMoreElements()) {
            NetworkInterface one = interfaces.nextElement();
            if (one.isUp()) {
                for (InetAddress address : Collections.list(one.getInetAddresses())) {
                    // Without the scope that the JDK adds to every IPv6 address.
                    InetAddress plain = InetAddress.getByAddress(address.getAddress());
                    LocalAddress local = new LocalAddress(plain, one.getName());
                    if (local.isUsable(loopback)) {
                        addresses.add(local);
                    }
                }
            }
        }
        return addresses;
    }

    /** Stops watching; nothing is reported once the last report has returned. */
    @Override
    public void close() {
        closed = true;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }
}
