package dev.tern.perf.jmh;

import dev.tern.crypto.ecdsa.EcdsaP256Choice;
import dev.tern.crypto.identity.PeerIdentity;
import dev.tern.crypto.identity.PeerVerifiers;
import dev.tern.crypto.resumption.SessionTicket;
import dev.tern.crypto.resumption.TicketSealer;
import dev.tern.crypto.tls.TlsConfig;
import dev.tern.crypto.tls.TlsEngine;
import dev.tern.crypto.x25519.X25519Choice;
import dev.tern.perf.compare.end.Issued;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;

/**
 * Handshakes of client and server together, TLS only, by one thread: their number per second is
 * that per CPU-second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 4, time = 2)
public class HandshakeBenchmark {
    private static final String PROTOCOL = "tern";
    private static final byte[] PARAMETERS = new byte[64];
    private static final long TICKET_LIFETIME_MS = TicketSealer.MAX_LIFETIME_MS;

    @Param private HandshakeKind kind;

    private TlsConfig client;
    private TlsConfig server;
    private SessionTicket ticket;

    @Setup
    public void prepare() throws IOException, GeneralSecurityException {
        X25519Choice.prepare();
        EcdsaP256Choice.prepare();
        SecureRandom random = new SecureRandom();
        if (kind.p256) {
            prepareP256(random);
        } else {
            prepareIdentities(random);
        }
    }

    private void prepareIdentities(SecureRandom random) {
        PeerIdentity ofClient = PeerIdentity.generate(random);
        PeerIdentity ofServer = PeerIdentity.generate(random);
        TicketSealer sealer =
                kind.resumed
                        ? new TicketSealer(
                                random, System::currentTimeMillis, TICKET_LIFETIME_MS, null)
                        : null;
        client =
                TlsConfig.client(
                                random,
                                ofClient,
                                PeerVerifiers.exactly(ofServer.peerId()),
                                PROTOCOL)
                        .with()
                        .groups(kind.groups())
                        .keepTickets(kind.resumed ? System::currentTimeMillis : null)
                        .build();
        server =
                TlsConfig.mutualServer(
                                random,
                                ofServer,
                                PeerVerifiers.exactly(ofClient.peerId()),
                                PROTOCOL)
                        .with()
                        .ticketSealer(sealer)
                        .build();
        ticket = kind.resumed ? shakeHands().ticket : null;
    }

    private void prepareP256(SecureRandom random) throws IOException, GeneralSecurityException {
        Path folder = Files.createTempDirectory("tern-jmh");
        try {
            Issued.write(folder);
            server = TlsConfig.server(random, Issued.credentials(folder, random), PROTOCOL);
            client =
                    TlsConfig.client(random, null, Issued.verifier(folder), PROTOCOL)
                            .with()
                            .serverName(Issued.HOST)
                            .groups(kind.groups())
                            .build();
        } finally {
            Issued.delete(folder);
        }
    }

    @Benchmark
    public boolean handshakes() {
        boolean resumed = shakeHands().engine.isResumed();
        if (resumed != kind.resumed) {
            throw new IllegalStateException("not the handshake that is measured");
        }
        return resumed;
    }

    private HandshakeParty shakeHands() {
        HandshakeParty dialler = new HandshakeParty();
        HandshakeParty acceptor = new HandshakeParty();
        dialler.engine = TlsEngine.client(client, PARAMETERS, dialler);
        acceptor.engine = TlsEngine.server(server, PARAMETERS, acceptor);
        if (ticket != null) {
            dialler.engine.resume(ticket);
        }
        dialler.engine.start();
        while (dialler.deliverTo(acceptor) || acceptor.deliverTo(dialler)) {
            // Until both are silent.
        }
        return dialler;
    }
}
