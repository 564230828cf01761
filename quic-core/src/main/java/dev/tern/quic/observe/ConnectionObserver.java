package dev.tern.quic.observe;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.quic.wire.PacketType;
import dev.tern.quic.wire.TransportParameters;

import java.net.InetSocketAddress;

/**
 * Hears what happens on one connection, in order, on the agent's thread, and must be quick. Times
 * are those that the connection was told.
 */
public interface ConnectionObserver {
    /** Hears nothing. */
    ConnectionObserver NONE = new ConnectionObserver() {};

    /** Transport parameters are known: this side's ({@code local}) or the peer's. */
    default void onParameters(boolean local, TransportParameters parameters, long nowNs) {}

    /** A packet is about to be protected and sent. */
    default void onPacketSent(ObservedPacket packet, long nowNs) {}

    /** A packet was opened; its frames are about to be handled. */
    default void onPacketReceived(ObservedPacket packet, long nowNs) {}

    /** A packet arrived and changed nothing. */
    default void onPacketDropped(PacketType type, int packetBytes, DropReason reason, long nowNs) {}

    /** A packet is taken as lost, by time or by the order in which others arrived. */
    default void onPacketLost(
            EncryptionLevel level, long packetNumber, boolean byTime, long nowNs) {}

    /** An acknowledgement or a loss changed what is known of the path. */
    default void onMetrics(PathMetrics metrics, long nowNs) {}

    /** The handshake is complete (TLS is done), then confirmed (RFC 9001 §4.1). */
    default void onHandshake(boolean confirmed, long nowNs) {}

    /** A level's keys are gone. */
    default void onKeysDiscarded(EncryptionLevel level, long nowNs) {}

    /** Data is sent on that path from now on. */
    default void onPath(InetSocketAddress local, InetSocketAddress remote, long nowNs) {}

    /**
     * The connection ended; nothing comes after this.
     *
     * @param byPeer who ended it
     * @param application whose error code it is
     */
    default void onClosed(
            boolean byPeer, boolean application, long errorCode, String reason, long nowNs) {}
}
