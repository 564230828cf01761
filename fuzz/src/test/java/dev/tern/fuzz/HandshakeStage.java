package dev.tern.fuzz;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.crypto.identity.PeerIdentity;
import dev.tern.crypto.identity.PeerVerifiers;
import dev.tern.crypto.resumption.ReplayGuard;
import dev.tern.crypto.resumption.SessionTicket;
import dev.tern.crypto.resumption.TicketSealer;
import dev.tern.crypto.tls.NamedGroup;
import dev.tern.crypto.tls.TlsConfig;
import dev.tern.crypto.tls.TlsEngine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Hostile bytes for a handshake in any state. The first byte says which side they are for (1),
 * whether it resumes (2) and whether there is a HelloRetryRequest (4); the second after how many
 * genuine messages; the third whether they change the next genuine message (1) instead of standing
 * for it. The rest are the bytes.
 */
final class HandshakeStage {
    static final int HEADER_BYTES = 3;
    static final int FOR_SERVER = 1;
    static final int RESUMING = 2;
    static final int RETRYING = 4;

    private static final PeerIdentity DIALLER = PeerIdentity.generate(new FixedSecureRandom(1));
    private static final PeerIdentity ACCEPTOR = PeerIdentity.generate(new FixedSecureRandom(2));
    private static final int TICKET_LIFETIME_MS = 60_000;
    private static final int REPLAY_WINDOW_MS = 10_000;

    private final HandshakeParty client = new HandshakeParty();
    private final HandshakeParty server = new HandshakeParty();
    private final HandshakeParty victim;
    private final HandshakeParty other;

    private HandshakeStage(int setting) {
        TicketSealer sealer =
                new TicketSealer(
                        new FixedSecureRandom(3),
                        () -> 0,
                        TICKET_LIFETIME_MS,
                        new ReplayGuard(REPLAY_WINDOW_MS, 8));
        if ((setting & RESUMING) != 0) {
            client.ticket = ticket(sealer);
        }
        client.engine = TlsEngine.client(clientConfig(), new byte[] {1, 1, 1}, client);
        server.engine =
                TlsEngine.server(
                        serverConfig(sealer, (setting & RETRYING) != 0),
                        new byte[] {1, 1, 2},
                        server);
        boolean forServer = (setting & FOR_SERVER) != 0;
        victim = forServer ? server : client;
        other = forServer ? client : server;
    }

    private static TlsConfig clientConfig() {
        return TlsConfig.client(
                        new FixedSecureRandom(4),
                        DIALLER,
                        PeerVerifiers.exactly(ACCEPTOR.peerId()),
                        "tern")
                .with()
                .groups(NamedGroup.CLASSIC)
                .keepTickets(() -> 0)
                .earlyData(true)
                .build();
    }

    private static TlsConfig serverConfig(TicketSealer sealer, boolean retrying) {
        return TlsConfig.mutualServer(
                        new FixedSecureRandom(5),
                        ACCEPTOR,
                        PeerVerifiers.exactly(DIALLER.peerId()),
                        "tern")
                .with()
                .groups(List.of(retrying ? NamedGroup.SECP256R1 : NamedGroup.X25519))
                .ticketSealer(sealer)
                .build();
    }

    private static SessionTicket ticket(TicketSealer sealer) {
        HandshakeParty dialler = new HandshakeParty();
        HandshakeParty acceptor = new HandshakeParty();
        dialler.engine = TlsEngine.client(clientConfig(), new byte[0], dialler);
        acceptor.engine = TlsEngine.server(serverConfig(sealer, false), new byte[0], acceptor);
        dialler.engine.start();
        while (dialler.sendNext(acceptor) || acceptor.sendNext(dialler)) {
            // Until both are silent.
        }
        return dialler.ticket;
    }

    /**
     * Plays an input.
     *
     * @throws dev.tern.crypto.tls.TlsAlertException as it should, if the bytes matter
     */
    static void play(byte[] input) {
        if (input.length < HEADER_BYTES) {
            return;
        }
        byte[] hostile = Arrays.copyOfRange(input, HEADER_BYTES, input.length);
        new HandshakeStage(input[0]).play(input[1], (input[2] & 1) != 0, hostile);
    }

    /** The genuine messages for a side, from the first on. */
    static List<byte[]> genuine(int setting) {
        HandshakeStage stage = new HandshakeStage(setting);
        List<byte[]> messages = new ArrayList<>();
        stage.start();
        while (!stage.isSilent()) {
            if (stage.other.next() != null) {
                messages.add(stage.other.next());
                stage.other.sendNext(stage.victim);
            } else {
                stage.victim.sendNext(stage.other);
            }
        }
        return messages;
    }

    private void start() {
        if (client.ticket != null) {
            client.engine.resume(client.ticket);
        }
        client.engine.start();
    }

    private boolean isSilent() {
        return client.next() == null && server.next() == null;
    }

    private void play(int genuine, boolean change, byte[] hostile) {
        start();
        int messages = 0;
        while (!isSilent()) {
            if (other.next() == null) {
                victim.sendNext(other);
            } else if (messages++ == genuine) {
                other.replaceNext(change ? changed(other.next(), hostile) : hostile);
            } else {
                other.sendNext(victim);
            }
        }
        if (victim.engine.isComplete()) {
            victim.engine.receive(EncryptionLevel.ONE_RTT, hostile, 0, hostile.length);
        }
    }

    /** Each three bytes are a position and what changes there. */
    private static byte[] changed(byte[] message, byte[] changes) {
        byte[] changed = message.clone();
        for (int i = 0; i + 2 < changes.length; i += 3) {
            int position = (changes[i] & 0xff) << 8 | changes[i + 1] & 0xff;
            changed[position % changed.length] ^= changes[i + 2];
        }
        return changed;
    }
}
