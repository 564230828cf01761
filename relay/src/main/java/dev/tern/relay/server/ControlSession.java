package dev.tern.relay.server;

import dev.tern.crypto.identity.PeerId;
import dev.tern.quic.connection.CloseReason;
import dev.tern.quic.connection.Connection;
import dev.tern.quic.connection.ConnectionListener;
import dev.tern.quic.path.Path;
import dev.tern.quic.path.SwitchReason;
import dev.tern.quic.stream.Stream;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.relay.control.ControlChannel;
import dev.tern.relay.control.ControlError;
import dev.tern.relay.control.ControlException;
import dev.tern.relay.control.ControlMessage;

import java.util.ArrayList;
import java.util.List;

/**
 * The relay's end of one control connection: who speaks, what it asks, and where it is. Owned by
 * one agent; not thread-safe.
 *
 * <pre>
 *   handshake --> HELLO expected --HELLO--> registered --closed, or replaced--> gone
 * </pre>
 */
final class ControlSession implements ConnectionListener {
    private static final int FIRST_IDS = 16;

    /** What asking costs: one for each connection ID, each peer told, and each dial four. */
    private static final int REQUESTS_PER_SECOND = 64;

    private static final int REQUESTS_BURST = 512;
    private static final int DIAL_COST = 4;

    private final Reception reception;
    private PeerId peerId;
    private Connection connection;
    private ControlChannel channel;
    private TokenBucket requests;
    private RegisteredPeer registered;

    ControlSession(Reception reception) {
        this.reception = reception;
    }

    @Override
    public void onHandshakeComplete(Connection established, long nowNs) {
        connection = established;
        peerId = PeerId.ofCertificate(established.tls().peerCertificates().getFirst());
        requests = new TokenBucket(REQUESTS_PER_SECOND, REQUESTS_BURST, nowNs);
        if (!reception.admits(peerId)) {
            close(ControlError.REFUSED, "this relay does not serve peer " + peerId);
        }
    }

    @Override
    public void onStreamOpened(Connection on, Stream stream) {
        if (channel == null && stream.isBidirectional()) {
            channel = new ControlChannel(stream);
        }
    }

    @Override
    public void onStreamReadable(Connection on, Stream stream) {
        if (channel == null || !channel.runsOn(stream)) {
            return;
        }
        try {
            channel.receive(this::onMessage);
        } catch (ControlException e) {
            close(ControlError.PROTOCOL, e.getMessage());
        }
    }

    // ---- messages

    private void onMessage(ControlMessage message) {
        if (connection.closeReason() != null) {
            return;
        }
        if (message instanceof ControlMessage.Hello hello) {
            onHello(hello.instance());
            return;
        }
        if (registered == null) {
            throw new ControlException("HELLO must come first");
        }
        switch (message) {
            case ControlMessage.CidRequest request -> onCidRequest(request.count());
            case ControlMessage.Dial dial -> onDial(dial.target());
            case ControlMessage.Notify notify -> onNotify(notify.peers());
            case ControlMessage.Drop drop -> reception.dropInstance(peerId, drop.instance());
            case ControlMessage.Query query -> onQuery(query.peer(), query.instance());
            case ControlMessage.Hello _,
                    ControlMessage.Welcome _,
                    ControlMessage.CidBatch _,
                    ControlMessage.Dialled _,
                    ControlMessage.Incoming _,
                    ControlMessage.PeerMoved _,
                    ControlMessage.Presence _,
                    ControlMessage.GoAway _,
                    ControlMessage.Refused _ ->
                    throw new ControlException("a peer does not say " + message);
        }
    }

    private void onHello(long instance) {
        if (!mayAsk(FIRST_IDS)) {
            close(ControlError.LIMIT, "peer " + peerId + " registers too often");
            return;
        }
        if (registered == null) {
            registered = reception.register(peerId, connection, channel, connection.nowNs());
            if (registered == null) {
                close(ControlError.LIMIT, "this relay serves as many peers as it can");
                return;
            }
        }
        reception.addInstance(registered, instance, connection.nowNs());
        answer(reception.welcome(mint(FIRST_IDS), connection.nowNs()));
    }

    private void onCidRequest(int count) {
        if (registered.tagCount() == 0) {
            refuse(ControlError.REFUSED, "no connection IDs: every instance was dropped");
        } else if (!mayAsk(count)) {
            refuse(ControlError.LIMIT, "too many connection IDs at once");
        } else {
            long lifetimeMs = reception.idLifetimeMs(connection.nowNs());
            answer(new ControlMessage.CidBatch(lifetimeMs, mint(count)));
        }
    }

    private List<ConnectionId> mint(int count) {
        List<ConnectionId> ids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ids.add(reception.mint(registered));
        }
        return ids;
    }

    private void onDial(PeerId id) {
        RegisteredPeer target = reception.newest(id);
        if (!mayAsk(DIAL_COST)) {
            refuse(ControlError.TOO_MANY_DIALS, "too many dials at once");
        } else if (target == null) {
            refuse(ControlError.UNKNOWN_PEER, "peer " + id + " is not registered at this relay");
        } else {
            ConnectionId given = reception.mint(target);
            if (reception.tell(target, new ControlMessage.Incoming(peerId, given))) {
                answer(new ControlMessage.Dialled(id, List.of(given)));
            } else {
                refuse(ControlError.UNKNOWN_PEER, "peer " + id + " does not listen to this relay");
            }
        }
    }

    private void onNotify(List<PeerId> peers) {
        if (!mayAsk(peers.size())) {
            refuse(ControlError.LIMIT, "too many peers to notify at once");
            return;
        }
        ControlMessage moved = new ControlMessage.PeerMoved(peerId);
        for (PeerId id : peers) {
            // A hint: whoever has stopped reading goes without.
            reception.registrationsOf(id).forEach(peer -> reception.tell(peer, moved));
        }
    }

    private void onQuery(PeerId id, long instance) {
        if (mayAsk(1)) {
            boolean alive = reception.isRegistered(id, instance);
            answer(new ControlMessage.Presence(id, instance, alive));
        } else {
            refuse(ControlError.LIMIT, "too many queries at once");
        }
    }

    private boolean mayAsk(int cost) {
        return requests.take(cost, connection.nowNs());
    }

    private void refuse(ControlError error, String text) {
        answer(new ControlMessage.Refused(error.code(), text));
    }

    private void answer(ControlMessage message) {
        if (!channel.send(message)) {
            close(ControlError.LIMIT, "peer " + peerId + " asks and does not read the answers");
        }
    }

    private void close(ControlError error, String text) {
        connection.close(error.code(), text, connection.nowNs());
    }

    // ---- where the peer is

    @Override
    public void onPathSwitched(
            Path from, Path to, SwitchReason reason, boolean byPeer, long nowNs) {
        if (registered != null) {
            reception.onMoved(registered, to);
        }
    }

    @Override
    public void onPathValidated(Path path, long nowNs) {
        if (registered != null && path == connection.currentPath()) {
            reception.onValidated(registered);
        }
    }

    @Override
    public void onClosed(Connection on, CloseReason reason, long nowNs) {
        if (registered != null) {
            reception.remove(registered);
            registered = null;
        }
    }
}
