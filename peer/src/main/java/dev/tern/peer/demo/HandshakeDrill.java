package dev.tern.peer.demo;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.crypto.PacketProtector;
import dev.tern.crypto.PeerIdentity;
import dev.tern.crypto.PeerVerifiers;
import dev.tern.crypto.TlsConfig;
import dev.tern.crypto.TlsEngine;
import dev.tern.crypto.TlsEvents;
import java.security.SecureRandom;
import java.util.ArrayDeque;

/**
 * Handshakes in memory, many in a row: part of the launcher's training run, so that the first real one
 * finds its code known to the compiler.
 */
final class HandshakeDrill {
    private static final String PROTOCOL = "drill";

    private HandshakeDrill() {}

    static void run(int times) {
        SecureRandom random = new SecureRandom();
        PeerIdentity client = PeerIdentity.generate(random);
        PeerIdentity server = PeerIdentity.generate(random);
        TlsConfig clientConfig =
                TlsConfig.client(random, client, PeerVerifiers.exactly(server.peerId()), PROTOCOL);
        TlsConfig serverConfig = TlsConfig.mutualServer(random, server, PeerVerifiers.anyPeer(), PROTOCOL);
        for (int i = 0; i < times; i++) {
            handshake(clientConfig, serverConfig);
        }
    }

    private static void handshake(TlsConfig clientConfig, TlsConfig serverConfig) {
        Side client = new Side();
        Side server = new Side();
        client.engine = TlsEngine.client(clientConfig, new byte[0], client);
        server.engine = TlsEngine.server(serverConfig, new byte[0], server);
        client.engine.start();
        while (client.passTo(server) | server.passTo(client)) {
            // until neither has anything to say
        }
    }

    private record Flight(EncryptionLevel level, byte[] bytes) {}

    /** One end: keeps what it wants sent. */
    private static final class Side implements TlsEvents {
        private final ArrayDeque<Flight> out = new ArrayDeque<>();
        private TlsEngine engine;

        boolean passTo(Side other) {
            Flight flight = out.poll();
            if (flight != null) {
                other.engine.receive(flight.level(), flight.bytes(), 0, flight.bytes().length);
            }
            return flight != null;
        }

        @Override
        public void onHandshakeBytes(EncryptionLevel level, byte[] bytes) {
            out.add(new Flight(level, bytes));
        }

        @Override
        public void onKeys(EncryptionLevel level, PacketProtector send, PacketProtector receive) {}

        @Override
        public void onPeerTransportParameters(byte[] parameters) {}

        @Override
        public void onHandshakeComplete() {}
    }
}
