package dev.tern.quic.io;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;

/** Keeps one socket open for each address that this machine has, as addresses come and go. */
final class SocketPerAddress implements LocalAddressListener {
    private static final Logger LOG = LoggerFactory.getLogger(SocketPerAddress.class);

    private final EndpointAgent agent;
    private final int port;
    private final LocalAddressMonitor monitor;
    private final Set<InetAddress> refused = new HashSet<>();

    /**
     * @param port the port of all sockets, or 0 for any
     * @param loopback whether addresses of this machine alone count, too
     */
    SocketPerAddress(EndpointAgent agent, int port, boolean loopback) {
        this.agent = agent;
        this.port = port;
        this.monitor = new LocalAddressMonitor(loopback, this);
    }

    void start() {
        monitor.start();
    }

    void close() {
        monitor.close();
    }

    /** The agent found an address gone and closed its socket. */
    void onGone(InetAddress address) {
        monitor.onGone(address);
    }

    @Override
    public void onAddressAdded(LocalAddress added) {
        onAgent(() -> open(added));
    }

    private void onAgent(Runnable change) {
        try {
            agent.execute(change);
        } catch (RejectedExecutionException e) {
            LOG.debug("too late: the agent has ended", e);
        }
    }

    private void open(LocalAddress added) {
        InetAddress address = added.address();
        close(address);
        try {
            agent.openAddress(new InetSocketAddress(address, port), added.interfaceName());
            refused.remove(address);
        } catch (IOException e) {
            // An IPv6 address cannot be used in its first second (RFC 4862 §5.4): to be tried
            // again.
            monitor.onGone(address);
            if (refused.add(address)) {
                LOG.info("cannot use {} yet: {}", added, e.getMessage());
            }
        }
    }

    @Override
    public void onAddressRemoved(LocalAddress removed) {
        onAgent(() -> close(removed.address()));
    }

    private void close(InetAddress address) {
        for (InetSocketAddress local : agent.addresses()) {
            if (local.getAddress().equals(address)) {
                agent.closeAddress(local);
            }
        }
    }
}
