package dev.tern.nat.punch;

import dev.tern.nat.emulator.NatModel;
import dev.tern.quic.connection.Connection;
import dev.tern.quic.connection.ConnectionListener;
import dev.tern.quic.connection.Transmit;
import dev.tern.quic.endpoint.DatagramNode;
import dev.tern.quic.endpoint.Endpoint;
import dev.tern.quic.path.Path;

import java.net.InetSocketAddress;
import java.util.random.RandomGenerator;

/**
 * An endpoint with one connection and its hole puncher: an address that is always reachable, by
 * which the connection begins as it would through a relay, and one behind a NAT.
 */
final class PunchingPeer implements DatagramNode, ConnectionListener, PunchActions {
    /** Whom the NAT is asked about to learn the observed address, as a relay would tell it. */
    private static final InetSocketAddress OBSERVER = new InetSocketAddress("192.0.2.200", 4433);

    final InetSocketAddress control;
    final InetSocketAddress hidden;
    Endpoint endpoint;
    Connection connection;
    HolePuncher puncher;
    Path direct;
    long establishedNs;
    long directNs;
    int rounds;
    private final NatModel nat;
    private final PunchBudget budget = new PunchBudget();
    private final RandomGenerator random;

    /**
     * @param nat null where there is none
     */
    PunchingPeer(
            InetSocketAddress control,
            InetSocketAddress hidden,
            NatModel nat,
            RandomGenerator random) {
        this.control = control;
        this.hidden = hidden;
        this.nat = nat;
        this.random = random;
    }

    @Override
    public void onHandshakeComplete(Connection established, long nowNs) {
        connection = established;
        establishedNs = nowNs;
        puncher = new HolePuncher(this, budget, established.isDialler(), random);
        puncher.onLocalCandidate(hidden, Candidate.host(hidden), nowNs);
        offerObserved(nowNs);
        puncher.start(nowNs);
    }

    void offerObserved(long nowNs) {
        if (nat != null) {
            InetSocketAddress observed = nat.outbound(hidden, OBSERVER, nowNs);
            puncher.onLocalCandidate(hidden, Candidate.observed(observed), nowNs);
        }
    }

    @Override
    public void onPeerIdsIssued(Connection on, long nowNs) {
        puncher.onPeerIdsIssued(nowNs);
    }

    @Override
    public void onPeerAddress(Connection on, long sequence, InetSocketAddress address, long nowNs) {
        puncher.onPeerAddress(sequence, address, nowNs);
    }

    @Override
    public void onPeerAddressRemoved(Connection on, long sequence, long nowNs) {
        puncher.onPeerAddressRemoved(sequence);
    }

    @Override
    public void onPunchMeNow(
            Connection on,
            long round,
            long pairedWithSequence,
            InetSocketAddress address,
            long nowNs) {
        puncher.onPunchMeNow(round, pairedWithSequence, address, nowNs);
    }

    @Override
    public void onPathAdded(Path path, boolean byPeer, long nowNs) {
        if (byPeer) {
            puncher.onProbed(path.local(), path.remote(), nowNs);
        }
    }

    @Override
    public void onPathValidated(Path path, long nowNs) {
        puncher.onDirectPathValidated(path.local(), path.remote(), nowNs);
        if (direct == null) {
            direct = path;
            directNs = nowNs;
        }
    }

    @Override
    public void addAddress(long sequence, InetSocketAddress address) {
        connection.addresses().addAddress(sequence, address);
    }

    @Override
    public void punchMeNow(long round, long pairedWithSequence, InetSocketAddress address) {
        rounds = (int) round;
        connection.addresses().punchMeNow(round, pairedWithSequence, address);
    }

    @Override
    public void removeAddress(long sequence) {
        connection.addresses().removeAddress(sequence);
    }

    @Override
    public boolean probe(
            InetSocketAddress local,
            InetSocketAddress remote,
            long intervalNs,
            long durationNs,
            long nowNs) {
        return connection.probe(local, remote, intervalNs, durationNs, nowNs);
    }

    @Override
    public void onDatagram(
            InetSocketAddress local,
            InetSocketAddress remote,
            int ecn,
            byte[] buffer,
            int offset,
            int length,
            long nowNs) {
        endpoint.onDatagram(local, remote, ecn, buffer, offset, length, nowNs);
    }

    @Override
    public boolean pollTransmit(Transmit transmit, long nowNs) {
        return endpoint.pollTransmit(transmit, nowNs);
    }

    @Override
    public long nextDeadlineNs() {
        return puncher == null
                ? endpoint.nextDeadlineNs()
                : Math.min(endpoint.nextDeadlineNs(), puncher.nextDeadlineNs());
    }

    @Override
    public void onTimeout(long nowNs) {
        endpoint.onTimeout(nowNs);
        if (puncher != null) {
            puncher.onTimeout(nowNs);
            endpoint.wake(connection);
        }
    }
}
