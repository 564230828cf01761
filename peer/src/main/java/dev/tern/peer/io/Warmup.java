package dev.tern.peer.io;

import dev.tern.crypto.CipherSuite;
import dev.tern.crypto.EncryptionLevel;
import dev.tern.crypto.PacketProtector;
import dev.tern.crypto.PeerIdentity;
import dev.tern.crypto.PeerVerifiers;
import dev.tern.crypto.TlsConfig;
import dev.tern.crypto.TlsEngine;
import dev.tern.crypto.TlsEvents;
import dev.tern.quic.io.SystemRandom;
import java.security.SecureRandom;
import java.util.ArrayDeque;

/**
 * Handshakes in memory, before the first real one. In a fresh JVM the first of each role costs some 50 ms
 * of loading and interpreting, as long as a round trip across a continent; after a few it costs 2 ms. A
 * peer does this while it waits for its relay.
 */
public final class Warmup {
    private static final String PROTOCOL = "warm-up";
    private static final int PACKETS = 4_000;
    private static final int PACKET_BYTES = 1200;
    private static final int HEADER_BYTES = 20;

    private Warmup() {}

    /** Completes as many handshakes, both ends of each, on the calling thread. */
    public static void run(int handshakes) {
        SecureRandom random = SystemRandom.create();
        PeerIdentity client = PeerIdentity.generate(random);
        PeerIdentity server = PeerIdentity.generate(random);
        TlsConfig clientConfig =
                TlsConfig.client(random, client, PeerVerifiers.exactly(server.peerId()), PROTOCOL);
        TlsConfig serverConfig = TlsConfig.mutualServer(random, server, PeerVerifiers.anyPeer(), PROTOCOL);
        for (int i = 0; i < handshakes; i++) {
            handshake(clientConfig, serverConfig);
        }
        protectPackets(random);
    }

    /** The optimising compiler alone knows the processor's AES instructions: it must have seen the code in use. */
    private static void protectPackets(SecureRandom random) {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        PacketProtector sealer = PacketProtector.fromSecret(CipherSuite.AES_128_GCM_SHA256, secret);
        PacketProtector opener = PacketProtector.fromSecret(CipherSuite.AES_128_GCM_SHA256, secret);
        byte[] packet = new byte[PACKET_BYTES];
        int payload = PACKET_BYTES - HEADER_BYTES - PacketProtector.TAG_BYTES;
        for (int number = 0; number < PACKETS; number++) {
            sealer.seal(0, number, packet, 0, HEADER_BYTES, payload);
            opener.open(0, number, packet, 0, HEADER_BYTES, payload + PacketProtector.TAG_BYTES);
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
