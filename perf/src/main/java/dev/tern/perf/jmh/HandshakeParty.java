package dev.tern.perf.jmh;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.crypto.PacketProtector;
import dev.tern.crypto.resumption.SessionTicket;
import dev.tern.crypto.tls.TlsEngine;
import dev.tern.crypto.tls.TlsEvents;

import java.util.ArrayDeque;

/** One end of a handshake in memory. */
final class HandshakeParty implements TlsEvents {
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Flight(EncryptionLevel level, byte[] bytes) {}

    private final ArrayDeque<Flight> outgoing = new ArrayDeque<>();
    TlsEngine engine;
    SessionTicket ticket;

    @Override
    public void onHandshakeBytes(EncryptionLevel level, byte[] bytes) {
        outgoing.add(new Flight(level, bytes));
    }

    @Override
    public void onKeys(EncryptionLevel level, PacketProtector send, PacketProtector receive) {
        send.destroy();
        receive.destroy();
    }

    @Override
    public void onPeerTransportParameters(byte[] parameters) {}

    @Override
    public void onSessionTicket(SessionTicket received) {
        ticket = received;
    }

    @Override
    public void onHandshakeComplete() {}

    /** Hands over all that waits; false if there was nothing. */
    boolean deliverTo(HandshakeParty other) {
        if (outgoing.isEmpty()) {
            return false;
        }
        while (!outgoing.isEmpty()) {
            Flight flight = outgoing.poll();
            other.engine.receive(flight.level(), flight.bytes(), 0, flight.bytes().length);
        }
        return true;
    }
}
