package dev.tern.quic.handshake;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.crypto.KeyPhases;
import dev.tern.crypto.KeyUpdateException;
import dev.tern.crypto.PacketProtector;
import dev.tern.crypto.PacketTrain;
import dev.tern.quic.recovery.AckTracker;
import dev.tern.quic.recovery.EcnFeedback;
import dev.tern.quic.recovery.SkippedNumbers;
import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;

import java.util.random.RandomGenerator;

/**
 * One packet number space (RFC 9000 §12.3): its keys, its numbers, what arrived in it, and its
 * CRYPTO stream. Owned by one agent; not thread-safe.
 */
public final class PacketNumberSpace {
    private static final int KEY_PHASE_BIT = 0x04;

    private final EncryptionLevel level;
    private final AckTracker acks;
    private final EcnFeedback ecn = new EcnFeedback();
    private CryptoStream crypto = new CryptoStream();
    private PacketProtector sealer;
    private PacketProtector opener;
    private KeyPhases phases;
    private PacketProtector early;
    private boolean earlySeals;
    private boolean discarded;
    private long nextPacketNumber;
    private long largestAcked = -1;
    private SkippedNumbers skipped;

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

    /** What the peer says of our ECN marks. */
    public EcnFeedback ecn() {
        return ecn;
    }

    public CryptoStream crypto() {
        return crypto;
    }

    /** TLS begins again. */
    void restartCrypto() {
        crypto = new CryptoStream();
    }

    void keys(PacketProtector newSealer, PacketProtector newOpener) {
        sealer = newSealer;
        opener = newOpener;
    }

    /** Other keys for what comes in: a packet of another version. */
    void opener(PacketProtector newOpener) {
        opener = newOpener;
    }

    /** Keys that are updated under way: those of 1-RTT. */
    void keys(KeyPhases updated) {
        phases = updated;
    }

    /** The keys of 0-RTT packets: a client seals with them, a server opens. */
    void earlyKeys(PacketProtector keys, boolean forSealing) {
        early = keys;
        earlySeals = forSealing;
    }

    void discardEarlyKeys() {
        if (early != null) {
            early.destroy();
            early = null;
        }
    }

    /** Whether 0-RTT packets can be read, or sent where there are no 1-RTT keys yet. */
    public boolean hasEarlyKeys() {
        return early != null;
    }

    /** Whether what is sent now goes into 0-RTT packets. */
    public boolean sealsEarly() {
        return early != null && earlySeals && phases == null;
    }

    /** Whether packets of this space can be sent. */
    public boolean canSeal() {
        return sealer != null || phases != null;
    }

    /** Whether packets of this space can be read. */
    public boolean canOpen() {
        return opener != null || phases != null;
    }

    /** The Key Phase bit for a short header. */
    public boolean keyPhase() {
        return phases != null && phases.sendPhaseBit();
    }

    /**
     * Seals a packet in place and protects its header.
     *
     * @param numberOffset where the packet number is
     * @param payloadOffset behind the packet number
     */
    public void seal(
            long packetNumber,
            byte[] buffer,
            int offset,
            int numberOffset,
            int payloadOffset,
            int payloadLength) {
        int numberLength = payloadOffset - numberOffset;
        int headerLength = payloadOffset - offset;
        if (phases != null) {
            phases.seal(0, packetNumber, buffer, offset, headerLength, payloadLength);
            phases.protectHeader(buffer, offset, numberOffset, numberLength);
        } else {
            PacketProtector keys = sealsEarly() ? early : sealer;
            keys.seal(0, packetNumber, buffer, offset, headerLength, payloadLength);
            keys.protectHeader(buffer, offset, numberOffset, numberLength);
        }
    }

    /** Whether {@link #seal(byte[], PacketTrain)} can be used. */
    public boolean sealsTrains() {
        return phases != null;
    }

    /** Seals 1-RTT packets in place, and protects their headers. */
    public void seal(byte[] buffer, PacketTrain train) {
        phases.protect(0, buffer, train);
    }

    /** Takes the header protection off; returns the length of the packet number. */
    public int unprotectHeader(byte[] buffer, int offset, int numberOffset) {
        return phases != null
                ? phases.unprotectHeader(buffer, offset, numberOffset)
                : opener.unprotectHeader(buffer, offset, numberOffset);
    }

    /** The same for a 0-RTT packet. */
    public int unprotectEarlyHeader(byte[] buffer, int offset, int numberOffset) {
        return early.unprotectHeader(buffer, offset, numberOffset);
    }

    /** As {@link #open} for a 0-RTT packet. */
    public int openEarly(
            long packetNumber, byte[] buffer, int offset, int payloadOffset, int sealedLength) {
        return early.open(0, packetNumber, buffer, offset, payloadOffset - offset, sealedLength);
    }

    /**
     * Opens a packet in place.
     *
     * @return the payload's length, or -1 if the packet is not authentic
     */
    public int open(
            long packetNumber, byte[] buffer, int offset, int payloadOffset, int sealedLength) {
        int headerLength = payloadOffset - offset;
        if (phases == null) {
            return opener.open(0, packetNumber, buffer, offset, headerLength, sealedLength);
        }
        try {
            boolean phase = (buffer[offset] & KEY_PHASE_BIT) != 0;
            return phases.open(phase, 0, packetNumber, buffer, offset, headerLength, sealedLength);
        } catch (KeyUpdateException e) {
            throw keyUpdateError(e);
        }
    }

    private static TransportException keyUpdateError(KeyUpdateException e) {
        return new TransportException(TransportError.KEY_UPDATE_ERROR, e.getMessage());
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
        if (phases != null) {
            phases.destroy();
        }
        discardEarlyKeys();
        sealer = null;
        opener = null;
        phases = null;
        crypto.discard();
        discarded = true;
    }

    public long nextPacketNumber() {
        return nextPacketNumber;
    }

    public void takePacketNumber() {
        nextPacketNumber++;
        if (skipped != null) {
            nextPacketNumber = skipped.after(nextPacketNumber);
        }
    }

    /**
     * From now on leaves numbers out, to see through a peer that acknowledges what it never got.
     */
    public void skipNumbers(RandomGenerator random) {
        skipped = new SkippedNumbers(random);
    }

    /** Refuses an acknowledgement of a number that was left out (RFC 9000 §21.4). */
    public void checkAckRange(long smallest, long largest) {
        if (skipped != null && skipped.within(smallest, largest)) {
            throw new TransportException(
                    TransportError.PROTOCOL_VIOLATION,
                    "ACK of packets "
                            + smallest
                            + " to "
                            + largest
                            + ", one of which was never sent");
        }
    }

    /** The largest number the peer acknowledged, or -1. */
    public long largestAcked() {
        return largestAcked;
    }

    public void onAcked(long largest) {
        largestAcked = Math.max(largestAcked, largest);
        if (phases != null) {
            try {
                phases.onAcknowledged(largest);
            } catch (KeyUpdateException e) {
                throw keyUpdateError(e);
            }
        }
    }
}
