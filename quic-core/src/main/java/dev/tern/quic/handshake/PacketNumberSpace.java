package dev.tern.quic.handshake;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.crypto.PacketProtector;
import dev.tern.quic.recovery.AckTracker;

/**
 * One packet number space (RFC 9000 §12.3): its keys, its numbers, what arrived in it, and its
 * CRYPTO stream. Owned by one agent; not thread-safe.
 */
public final class PacketNumberSpace {
    private final EncryptionLevel level;
    private final AckTracker acks;
    private final CryptoStream crypto = new CryptoStream();
    private PacketProtector sealer;
    private PacketProtector opener;
    private boolean discarded;
    private long nextPacketNumber;
    private long largestAcked = -1;

    PacketNumberSpace(EncryptionLevel level, AckTracker acks) {
        this.level = level;
        this.acks = acks;
    }

    public EncryptionLevel level() {
        return level;
    }

    public AckTracker acks() {
        return acks;
    }

    public CryptoStream crypto() {
        return crypto;
    }

    /** What seals outgoing packets, or null without keys. */
    public PacketProtector sealer() {
        return sealer;
    }

    /** What opens incoming packets, or null without keys. */
    public PacketProtector opener() {
        return opener;
    }

    void keys(PacketProtector newSealer, PacketProtector newOpener) {
        sealer = newSealer;
        opener = newOpener;
    }

    /** Whether the keys were here and are gone (RFC 9001 §4.9). */
    public boolean isDiscarded() {
        return discarded;
    }

    void discard() {
        if (sealer != null) {
            sealer.destroy();
        }
        if (opener != null) {
            opener.destroy();
        }
        sealer = null;
        opener = null;
        discarded = true;
    }

    public long nextPacketNumber() {
        return nextPacketNumber;
    }

    public long takePacketNumber() {
        return nextPacketNumber++;
    }

    /** The largest number the peer acknowledged, or -1. */
    public long largestAcked() {
        return largestAcked;
    }

    public void onAcked(long largest) {
        largestAcked = Math.max(largestAcked, largest);
    }
}
