package dev.tern.fuzz.sim;

import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.PacketType;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * A packet that a party sent, with its protection removed.
 *
 * @param numberLength in how many bytes its number is written
 * @param keyUpdates how often its sender had changed its keys before
 * @param from the sender's own address
 * @param to where it sent it
 * @param datagramBytes of the whole datagram that it was part of
 * @param hasToken whether it carries an address validation token
 * @param payload its frames' bytes
 * @param fate what became of it
 */
record ObservedPacket(
        Party sender,
        PacketType type,
        long number,
        int numberLength,
        int keyUpdates,
        ConnectionId destination,
        InetSocketAddress from,
        InetSocketAddress to,
        long sentNs,
        int datagramBytes,
        boolean hasToken,
        boolean ackEliciting,
        byte[] payload,
        List<ObservedFrame> frames,
        Fate fate) {
    /** How many packet number spaces there are. */
    static final int SPACES = 3;

    /** Which packet number space: 0 Initial, 1 Handshake, 2 application. */
    int space() {
        return space(type);
    }

    static int space(PacketType type) {
        return switch (type) {
            case INITIAL -> 0;
            case HANDSHAKE -> 1;
            default -> 2;
        };
    }

    /** The same packet with other frames and its number in so many bytes, which share its fate. */
    ObservedPacket saying(byte[] newPayload, List<ObservedFrame> newFrames, int newNumberLength) {
        return new ObservedPacket(
                sender,
                type,
                number,
                newNumberLength,
                keyUpdates,
                destination,
                from,
                to,
                sentNs,
                datagramBytes,
                hasToken,
                true,
                newPayload,
                newFrames,
                fate);
    }

    /** Whether a receiver that has seen this number can make out the whole one (RFC 9000 §A.3). */
    boolean isReadableAfter(long largest) {
        return largest + 1 - number < 1L << (8 * numberLength - 1);
    }

    boolean isOneRtt() {
        return type == PacketType.ONE_RTT;
    }

    @Override
    public String toString() {
        return type + " packet " + number + " of the " + sender.role();
    }
}
