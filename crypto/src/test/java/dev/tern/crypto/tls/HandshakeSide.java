package dev.tern.crypto.tls;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.crypto.KeySchedule;
import dev.tern.crypto.PacketProtector;
import dev.tern.crypto.resumption.SessionTicket;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** One end of a handshake in memory: keeps what it is told, and hands its flights to the other. */
public final class HandshakeSide implements TlsEvents {
    @SuppressWarnings("ArrayRecordComponent") // Never compared; tests change the bytes on purpose.
    record Flight(EncryptionLevel level, byte[] bytes) {}

    public static final int WHOLE = Integer.MAX_VALUE;

    final ArrayDeque<Flight> outgoing = new ArrayDeque<>();
    final List<String> log = new ArrayList<>();
    final Map<EncryptionLevel, PacketProtector> send = new EnumMap<>(EncryptionLevel.class);
    final Map<EncryptionLevel, PacketProtector> receive = new EnumMap<>(EncryptionLevel.class);
    public TlsEngine engine;
    byte[] peerParameters;
    PacketProtector earlyKeys;
    boolean acceptsEarlyData = true;
    boolean acceptsSession = true;
    byte[] rememberedParameters;
    SessionTicket ticket;
    KeySchedule keySchedule = KeySchedule.V1;

    @Override
    public void onHandshakeBytes(EncryptionLevel level, byte[] bytes) {
        outgoing.add(new Flight(level, bytes));
        log.add(level + " " + HexFormat.of().formatHex(bytes));
    }

    @Override
    public void onKeys(
            EncryptionLevel level, PacketProtector sendKeys, PacketProtector receiveKeys) {
        send.put(level, sendKeys);
        receive.put(level, receiveKeys);
        log.add(level + " keys");
    }

    @Override
    public void onPeerTransportParameters(byte[] parameters) {
        peerParameters = parameters;
        log.add("parameters");
    }

    @Override
    public KeySchedule keySchedule() {
        return keySchedule;
    }

    @Override
    public void onEarlyKeys(PacketProtector keys) {
        earlyKeys = keys;
        log.add("early keys");
    }

    @Override
    public boolean acceptSession(byte[] parameters) {
        return acceptsSession;
    }

    @Override
    public boolean acceptEarlyData(byte[] parameters) {
        rememberedParameters = parameters;
        return acceptsEarlyData;
    }

    @Override
    public void onSessionTicket(SessionTicket received) {
        ticket = received;
        log.add("ticket");
    }

    @Override
    public void onHandshakeComplete() {
        log.add("complete");
    }

    /** Gives all that waits to the other side. Whether there was anything. */
    boolean deliverTo(HandshakeSide other, int pieceLength) {
        boolean delivered = !outgoing.isEmpty();
        while (!outgoing.isEmpty()) {
            Flight flight = outgoing.poll();
            byte[] bytes = flight.bytes();
            for (int offset = 0; offset < bytes.length; offset += pieceLength) {
                int length = Math.min(pieceLength, bytes.length - offset);
                other.engine.receive(flight.level(), bytes, offset, length);
            }
        }
        return delivered;
    }

    /** Both sides to the end, the client started. */
    public static void run(HandshakeSide client, HandshakeSide server, int pieceLength) {
        client.engine.start();
        boolean moved = true;
        while (moved) {
            moved = client.deliverTo(server, pieceLength);
            moved |= server.deliverTo(client, pieceLength);
        }
    }

    /** Whether the other side can read what this one writes at a level. */
    public boolean canTalkTo(HandshakeSide other, EncryptionLevel level) {
        return opens(send.get(level), other.receive.get(level));
    }

    /** Whether the other side can read what this one writes in 0-RTT packets. */
    boolean canTalkEarlyTo(HandshakeSide other) {
        return opens(earlyKeys, other.earlyKeys);
    }

    private static boolean opens(PacketProtector sealer, PacketProtector opener) {
        byte[] packet = new byte[60];
        Arrays.fill(packet, 0, 44, (byte) 9);
        sealer.seal(0, 3, packet, 0, 14, 30);
        return opener.open(0, 3, packet, 0, 14, 46) == 30;
    }
}
