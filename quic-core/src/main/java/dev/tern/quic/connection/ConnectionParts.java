package dev.tern.quic.connection;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.quic.cid.LocalConnectionIds;
import dev.tern.quic.cid.PeerConnectionIds;
import dev.tern.quic.flow.BufferTuning;
import dev.tern.quic.handshake.Handshake;
import dev.tern.quic.handshake.VersionChoice;
import dev.tern.quic.observe.ConnectionObserver;
import dev.tern.quic.path.Path;
import dev.tern.quic.path.PathSwitching;
import dev.tern.quic.path.Paths;
import dev.tern.quic.stream.StreamTable;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.PreferredAddress;
import dev.tern.quic.wire.TransportParameters;

import java.net.InetSocketAddress;

/**
 * What a connection consists of, wired together: each part is given the others that it works with,
 * and no part the whole.
 */
final class ConnectionParts {
    /** Fills a path of 100 Mbit/s and 80 ms; what an application writes ahead of the network. */
    private static final int SEND_BUFFER_BYTES = 1 << 20;

    final boolean client;
    final ConnectionConfig config;
    final ConnectionSetup setup;
    final ParameterExchange parameters;
    final Handshake handshake;
    final StreamTable streams;
    final PeerConnectionIds peerIds;
    final LocalConnectionIds localIds;
    final Paths paths;
    final PathSwitching switching;
    final AddressExchange addresses = new AddressExchange();
    final PreferredAddressMove preferredMove = new PreferredAddressMove();
    final HandshakeDoneSource handshakeDone = new HandshakeDoneSource();
    final NewTokenSource newToken = new NewTokenSource();
    final DatagramSource datagrams;
    final ConnectionObserver observer;
    final Closing closing = new Closing();
    final IdleTimer idle;
    final ClientFirstFlight firstFlight;
    final PacketReceiver receiver;
    final FrameDispatcher dispatcher;
    final DatagramBuilder builder;
    final ConnectionTimers timers;

    /**
     * @param news takes what the parts report
     * @param establishment hears of the handshake
     */
    ConnectionParts(
            ConnectionSetup setup, ListenerNews news, Establishment establishment, long nowNs) {
        this.client = setup.client();
        this.config = setup.config();
        this.setup = setup;
        InetSocketAddress remote = setup.remote();
        parameters = new ParameterExchange(client, config);
        datagrams = new DatagramSource(config.maxDatagramBytes());
        peerIds =
                new PeerConnectionIds(
                        ConnectionConfig.ACTIVE_CONNECTION_ID_LIMIT, setup.resetTokens());
        observer = config.observers().observe(client, setup.originalId(), nowNs);
        paths = new Paths(peerIds, config.congestion(), setup.packets());
        paths.observer(observer);
        config.relays().forEach(paths::addRelay);
        localIds =
                new LocalConnectionIds(
                        setup.registry(), setup.random(), setup.sourceId(), paths.relayAt(remote));
        ConnectionId firstDestination = client ? setup.originalId() : setup.peerSourceId();
        Path first =
                paths.addFirst(
                        setup.local(),
                        remote,
                        peerIds.handshakeId(firstDestination, paths.relayAt(remote), null),
                        nowNs);
        switching = new PathSwitching(paths, first, client);
        streams =
                new StreamTable(
                        !client,
                        parameters.limits(),
                        new BufferTuning(
                                config.maxStreamWindowBytes(),
                                config.maxWindowBytes(),
                                SEND_BUFFER_BYTES,
                                config.maxSendBufferBytes()),
                        setup.segments(),
                        news);
        VersionChoice versions =
                new VersionChoice(
                        client,
                        config.versions(),
                        client ? config.firstVersion() : setup.version());
        handshake =
                new Handshake(
                        client,
                        config.tls(),
                        versions,
                        ownParameters(versions, nowNs),
                        ConnectionConfig.MAX_ACK_DELAY_NS,
                        ConnectionConfig.ACK_DELAY_EXPONENT,
                        establishment);
        handshake.space(EncryptionLevel.ONE_RTT).skipNumbers(setup.random());
        dispatcher =
                new FrameDispatcher(
                        client, handshake, streams, paths, switching, localIds, peerIds, datagrams,
                        news);
        firstFlight =
                client
                        ? new ClientFirstFlight(
                                setup.originalId(), versions.original(), establishment)
                        : null;
        receiver =
                new PacketReceiver(
                        client,
                        handshake,
                        dispatcher,
                        paths,
                        switching,
                        localIds,
                        setup.peerSourceId(),
                        firstFlight,
                        observer);
        builder =
                new DatagramBuilder(
                        client,
                        handshake,
                        paths,
                        switching,
                        closing,
                        new ApplicationFrames(
                                new ControlFrames(
                                        handshakeDone,
                                        newToken,
                                        streams.controlSource(),
                                        peerIds,
                                        localIds,
                                        addresses,
                                        datagrams),
                                streams.dataSource()),
                        setup.sourceId(),
                        setup.token(),
                        setup.random(),
                        observer);
        idle = new IdleTimer(config.handshakeTimeoutNs(), nowNs);
        timers =
                new ConnectionTimers(
                        client,
                        handshake,
                        paths,
                        switching,
                        idle,
                        closing,
                        builder,
                        config.keepAliveNs(),
                        nowNs + config.handshakeTimeoutNs());
        if (client || setup.addressProven()) {
            first.trust();
        }
        paths.listener(news);
    }

    /** This side's transport parameters; a server's name the version that it has chosen. */
    byte[] ownParameters(VersionChoice versions, long nowNs) {
        byte[] encoded =
                parameters.encode(
                        setup.sourceId(),
                        setup.originalId(),
                        setup.firstId().equals(setup.originalId()) ? null : setup.firstId(),
                        client ? null : setup.registry().resetToken(setup.sourceId()),
                        versions.own(),
                        preferredAddress());
        if (observer != ConnectionObserver.NONE) {
            observer.onParameters(true, TransportParameters.decode(encoded, !client), nowNs);
        }
        return encoded;
    }

    /** The probe timeout of the path in use, without backoff (RFC 9002 §6.2.1). */
    long ptoNs() {
        return switching.current().rtt().ptoNs(ConnectionConfig.MAX_ACK_DELAY_NS);
    }

    private PreferredAddress preferredAddress() {
        if (client || !config.prefersAddress()) {
            return null;
        }
        ConnectionId id = localIds.forPreferredAddress();
        return new PreferredAddress(
                config.preferredIpv4(),
                config.preferredIpv6(),
                id,
                setup.registry().resetToken(id));
    }
}
