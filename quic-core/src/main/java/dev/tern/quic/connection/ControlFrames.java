package dev.tern.quic.connection;

import dev.tern.quic.cid.LocalConnectionIds;
import dev.tern.quic.cid.PeerConnectionIds;
import dev.tern.quic.recovery.FrameSource;
import dev.tern.quic.recovery.SentPacket;
import dev.tern.quic.stream.StreamControlSource;
import dev.tern.quic.wire.ByteWriter;

/**
 * What goes into a packet before stream data, in this order; an extension that sends frames is one
 * more component here. Each has a name rather than a place in a list, for they are asked at every
 * packet, and calls that the compiler can see through take a fifth of the time.
 */
record ControlFrames(
        HandshakeDoneSource handshakeDone,
        NewTokenSource newToken,
        StreamControlSource streams,
        PeerConnectionIds peerIds,
        LocalConnectionIds localIds,
        AddressExchange addresses,
        DatagramSource datagrams) {
    /** Whether something waits for a 1-RTT packet. */
    boolean hasFramesToSend() {
        return hasEarlyFramesToSend()
                || handshakeDone.hasFramesToSend()
                || newToken.hasFramesToSend()
                || peerIds.hasFramesToSend()
                || localIds.hasFramesToSend()
                || addresses.hasFramesToSend();
    }

    /** Whether something waits that may go into a 0-RTT packet (RFC 9000 §12.4). */
    boolean hasEarlyFramesToSend() {
        return streams.hasFramesToSend() || datagrams.hasFramesToSend();
    }

    /** Writes what waits while it fits. */
    void writeFrames(ByteWriter out, SentPacket packet, long nowNs) {
        write(handshakeDone, out, packet, nowNs);
        write(newToken, out, packet, nowNs);
        write(streams, out, packet, nowNs);
        write(peerIds, out, packet, nowNs);
        write(localIds, out, packet, nowNs);
        write(addresses, out, packet, nowNs);
        write(datagrams, out, packet, nowNs);
    }

    /** Writes what may go into a 0-RTT packet, while it fits. */
    void writeEarlyFrames(ByteWriter out, SentPacket packet, long nowNs) {
        write(streams, out, packet, nowNs);
        write(datagrams, out, packet, nowNs);
    }

    private static void write(FrameSource source, ByteWriter out, SentPacket packet, long nowNs) {
        if (source.hasFramesToSend()) {
            source.writeFrames(out, packet, nowNs);
        }
    }
}
