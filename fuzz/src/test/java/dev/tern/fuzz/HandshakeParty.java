package dev.tern.fuzz;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.crypto.PacketProtector;
import dev.tern.crypto.resumption.SessionTicket;
import dev.tern.crypto.tls.TlsEngine;
import dev.tern.crypto.tls.TlsEvents;

import java.util.ArrayDeque;

/** One end of a handshake on stage. */
final class HandshakeParty implements TlsEvents {
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Flight(EncryptionLevel level, byte[] bytes) {}

    private final ArrayDeque<Flight> outgoing = new ArrayDeque<>();
    TlsEngine engine;
    SessionTicket ticket;

    /** The next message to be sent, or null. */
    byte[] next() {
        return outgoing.isEmpty() ? null : outgoing.getFirst().bytes();
    }

    void replaceNext(byte[] bytes) {
        outgoing.addFirst(new Flight(outgoing.removeFirst().level(), bytes));
    }

    /** Sends the next message, if there is one. */
    boolean sendNext(HandshakeParty to) {
        Flight flight = outgoing.poll();
        if (flight == null) {
            return false;
        }
        to.engine.receive(flight.level(), flight.bytes(), 0, flight.bytes().length);
        return true;
    }

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
    public boolean acceptEarlyData(byte[] rememberedParameters) {
        return true;
    }

    @Override
    public void onPeerTransportParameters(byte[] parameters) {}

    @Override
    public void onSessionTicket(SessionTicket received) {
        ticket = received;
    }

    @Override
    public void onHandshakeComplete() {}
}
