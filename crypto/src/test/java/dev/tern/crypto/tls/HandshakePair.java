package dev.tern.crypto.tls;

import dev.tern.crypto.SeededRandom;
import dev.tern.crypto.identity.PeerIdentity;
import dev.tern.crypto.identity.PeerVerifiers;

import java.util.List;

/** A client and a server in memory, with fixed identities and fixed randomness. */
final class HandshakePair {
    static final int WHOLE = HandshakeSide.WHOLE;
    static final byte[] CLIENT_PARAMETERS = {4, 1, 9};
    static final byte[] SERVER_PARAMETERS = {5, 1, 8, 7};
    static final PeerIdentity CLIENT = PeerIdentity.generate(new SeededRandom(1));
    static final PeerIdentity SERVER = PeerIdentity.generate(new SeededRandom(2));
    static final PeerIdentity STRANGER = PeerIdentity.generate(new SeededRandom(3));

    final HandshakeSide client = new HandshakeSide();
    final HandshakeSide server = new HandshakeSide();

    void setUpMutual() {
        engines(mutualClient(), mutualServer());
    }

    void engines(TlsConfig clientConfig, TlsConfig serverConfig) {
        client.engine = TlsEngine.client(clientConfig, CLIENT_PARAMETERS, client);
        server.engine = TlsEngine.server(serverConfig, SERVER_PARAMETERS, server);
    }

    void useServerWithoutX25519() {
        TlsConfig config = mutualServer().with().groups(List.of(NamedGroup.SECP256R1)).build();
        server.engine = TlsEngine.server(config, SERVER_PARAMETERS, server);
    }

    static TlsConfig mutualClient() {
        return TlsConfig.client(random(), CLIENT, PeerVerifiers.exactly(SERVER.peerId()), "tern");
    }

    static TlsConfig mutualServer() {
        return TlsConfig.mutualServer(
                random(), SERVER, PeerVerifiers.exactly(CLIENT.peerId()), "tern");
    }

    static SeededRandom random() {
        return new SeededRandom(42);
    }
}
