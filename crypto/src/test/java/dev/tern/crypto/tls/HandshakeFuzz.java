package dev.tern.crypto.tls;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.crypto.SeededRandom;
import dev.tern.crypto.resumption.ReplayGuard;
import dev.tern.crypto.resumption.SessionTicket;
import dev.tern.crypto.resumption.TicketSealer;

import java.util.Arrays;
import java.util.List;

/**
 * Hostile bytes for a handshake in any state. The first byte says which side they are for and
 * whether it resumes, the second after how many genuine messages, the third whether they stand for
 * themselves or change the next genuine message; the rest are the bytes.
 */
final class HandshakeFuzz {
    private static final int HEADER_BYTES = 3;

    private static final TicketSealer SEALER =
            new TicketSealer(
                    new SeededRandom(8), () -> 0, 60_000, new ReplayGuard(10_000, 1 << 16));
    private static final TlsConfig CLIENT =
            HandshakePair.mutualClient()
                    .with()
                    .groups(NamedGroup.CLASSIC)
                    .keepTickets(() -> 0)
                    .earlyData(true)
                    .build();
    private static final TlsConfig SERVER =
            HandshakePair.mutualServer().with().ticketSealer(SEALER).build();
    private static final TlsConfig RETRYING_SERVER =
            SERVER.with().groups(List.of(NamedGroup.SECP256R1)).build();
    private static final byte[] TICKET = ticket();

    private HandshakeFuzz() {}

    private static byte[] ticket() {
        HandshakeSide client = new HandshakeSide();
        HandshakeSide server = new HandshakeSide();
        client.engine = TlsEngine.client(CLIENT, HandshakePair.CLIENT_PARAMETERS, client);
        server.engine = TlsEngine.server(SERVER, HandshakePair.SERVER_PARAMETERS, server);
        HandshakeSide.run(client, server, HandshakeSide.WHOLE);
        return client.ticket.toBytes();
    }

    /** Throws only where there is a fault of ours: anything but an alert. */
    static void fuzz(byte[] data) {
        if (data.length < HEADER_BYTES) {
            return;
        }
        boolean forServer = (data[0] & 1) != 0;
        HandshakeSide client = new HandshakeSide();
        HandshakeSide server = new HandshakeSide();
        client.engine = TlsEngine.client(CLIENT, HandshakePair.CLIENT_PARAMETERS, client);
        server.engine =
                TlsEngine.server(
                        (data[0] & 4) != 0 ? RETRYING_SERVER : SERVER,
                        HandshakePair.SERVER_PARAMETERS,
                        server);
        if ((data[0] & 2) != 0) {
            client.engine.resume(SessionTicket.fromBytes(TICKET));
        }
        client.engine.start();
        byte[] hostile = Arrays.copyOfRange(data, HEADER_BYTES, data.length);
        try {
            deliver(client, server, forServer, data[1] & 0x0f, (data[2] & 1) != 0, hostile);
        } catch (TlsAlertException e) {
            if (e.alert() < 1 || e.alert() > 255) {
                throw new AssertionError("no alert of TLS: " + e.alert(), e);
            }
        }
    }

    private static void deliver(
            HandshakeSide client,
            HandshakeSide server,
            boolean forServer,
            int genuine,
            boolean change,
            byte[] hostile) {
        HandshakeSide victim = forServer ? server : client;
        HandshakeSide other = forServer ? client : server;
        int messages = 0;
        while (!client.outgoing.isEmpty() || !server.outgoing.isEmpty()) {
            boolean toVictim = !other.outgoing.isEmpty();
            HandshakeSide from = toVictim ? other : victim;
            HandshakeSide to = toVictim ? victim : other;
            HandshakeSide.Flight flight = from.outgoing.poll();
            byte[] bytes = flight.bytes();
            if (toVictim && messages++ == genuine) {
                bytes = change ? changed(bytes, hostile) : hostile;
            }
            to.engine.receive(flight.level(), bytes, 0, bytes.length);
        }
        if (victim.engine.isComplete()) {
            victim.engine.receive(EncryptionLevel.ONE_RTT, hostile, 0, hostile.length);
        }
    }

    /** Pairs of a position and what to add there. */
    private static byte[] changed(byte[] message, byte[] changes) {
        byte[] changed = message.clone();
        for (int i = 0; i + 2 < changes.length; i += 3) {
            int position = (changes[i] & 0xff) << 8 | changes[i + 1] & 0xff;
            changed[position % changed.length] ^= changes[i + 2];
        }
        return changed;
    }
}
