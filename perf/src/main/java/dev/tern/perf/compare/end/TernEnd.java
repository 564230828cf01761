package dev.tern.perf.compare.end;

import dev.tern.crypto.CipherSuite;
import dev.tern.crypto.tls.NamedGroup;
import dev.tern.crypto.tls.TlsConfigBuilder;
import dev.tern.quic.api.ConnectionHandler;
import dev.tern.quic.api.QuicEndpoint;
import dev.tern.quic.connection.ConnectionConfig;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/** Tern's endpoints on loopback, with what {@link Issued} wrote. */
record TernEnd(Path folder) {
    private static final String PROTOCOL = "tern-compare";

    /** Listens; returns the port. */
    int serve(ConnectionHandler handler) throws IOException {
        SecureRandom random = new SecureRandom();
        TlsConfigBuilder tls =
                new TlsConfigBuilder(random, PROTOCOL)
                        .credentials(Issued.credentials(folder, random));
        return QuicEndpoint.builder()
                .bind(loopback(0))
                .accept(config(tls))
                .handler(handler)
                .open()
                .localAddress()
                .getPort();
    }

    QuicEndpoint dialler() throws IOException {
        return QuicEndpoint.builder().bind(loopback(0)).open();
    }

    ConnectionConfig clientConfig() throws IOException {
        return config(
                new TlsConfigBuilder(new SecureRandom(), PROTOCOL)
                        .serverName(Issued.HOST)
                        .verifier(Issued.verifier(folder)));
    }

    static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static ConnectionConfig config(TlsConfigBuilder tls) {
        return ConnectionConfig.of(
                tls.cipherSuites(CipherSuite.AES_128_GCM_SHA256)
                        .groups(List.of(NamedGroup.X25519))
                        .build());
    }
}
