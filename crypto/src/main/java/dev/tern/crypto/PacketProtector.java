package dev.tern.crypto;

import dev.tern.crypto.aead.Aead;
import dev.tern.crypto.aead.AeadProvider;
import dev.tern.crypto.aead.AeadProviders;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Protects the packets of one direction at one encryption level, in place (RFC 9001 §5): an AEAD
 * with its key and IV, and a header protection key, all of one traffic secret.
 *
 * <p>Used by one thread; it may be destroyed by another one, after the last use. Sealing comes
 * before header protection, removing header protection before opening. The caller must never seal
 * two packets with the same path id and packet number.
 */
public final class PacketProtector {
    /** What sealing adds to a packet. */
    public static final int TAG_BYTES = Aead.TAG_BYTES;

    /** What header protection samples, four bytes behind the start of the packet number. */
    public static final int SAMPLE_BYTES = HeaderProtection.SAMPLE_BYTES;

    private final CipherSuite suite;
    private final KeySchedule schedule;
    private final AeadProvider provider;
    private final Aead aead;
    private final HeaderProtection header;
    private final byte[] secret;
    private long sealedPackets;
    private long failedPackets;

    private PacketProtector(
            CipherSuite suite,
            KeySchedule schedule,
            AeadProvider provider,
            HeaderProtection header,
            byte[] secret) {
        this.suite = suite;
        this.schedule = schedule;
        this.provider = provider;
        this.header = header;
        this.secret = secret;
        byte[] key = schedule.key(suite, secret);
        byte[] iv = schedule.iv(suite, secret);
        try {
            aead = provider.aead(suite.aead(), key, iv);
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(iv, (byte) 0);
        }
    }

    /** Derives the keys of QUIC version 1. */
    public static PacketProtector fromSecret(CipherSuite suite, byte[] trafficSecret) {
        return fromSecret(suite, KeySchedule.V1, trafficSecret);
    }

    /** Derives key, IV and header protection key (RFC 9001 §5.1). Takes a copy of the secret. */
    public static PacketProtector fromSecret(
            CipherSuite suite, KeySchedule schedule, byte[] trafficSecret) {
        return fromSecret(
                suite, schedule, trafficSecret, AeadProviders.choice(suite.aead()).provider());
    }

    /** The same with the ciphers of a certain provider. */
    public static PacketProtector fromSecret(
            CipherSuite suite, KeySchedule schedule, byte[] trafficSecret, AeadProvider provider) {
        byte[] headerKey = schedule.headerKey(suite, trafficSecret);
        try {
            return new PacketProtector(
                    suite,
                    schedule,
                    provider,
                    new HeaderProtection(provider.headerMask(suite.aead(), headerKey)),
                    trafficSecret.clone());
        } finally {
            Arrays.fill(headerKey, (byte) 0);
        }
    }

    /**
     * The keys that follow these at a key update; the header protection key stays the same (RFC
     * 9001 §6.1).
     */
    public PacketProtector nextPhase() {
        return new PacketProtector(
                suite, schedule, provider, header, schedule.nextSecret(suite, secret));
    }

    /**
     * Encrypts a payload in place and writes its tag behind it (RFC 9001 §5.3).
     *
     * @param pathId 0 where a connection is not multipath (RFC 10069)
     * @param packetNumber the full one, not its encoding
     * @param headerLength up to the end of the packet number; the payload follows directly
     */
    public void seal(
            int pathId,
            long packetNumber,
            byte[] buffer,
            int headerOffset,
            int headerLength,
            int payloadLength) {
        sealedPackets++;
        aead.seal(pathId, packetNumber, buffer, headerOffset, headerLength, payloadLength);
    }

    /**
     * Decrypts a payload in place. Never throws, whatever a peer has sent.
     *
     * @param sealedLength length of the protected payload with its tag
     * @return length of the payload, or -1 if the packet does not authenticate; its payload bytes
     *     are then lost
     */
    public int open(
            int pathId,
            long packetNumber,
            byte[] buffer,
            int headerOffset,
            int headerLength,
            int sealedLength) {
        int length =
                aead.open(pathId, packetNumber, buffer, headerOffset, headerLength, sealedLength);
        if (length < 0) {
            failedPackets++;
        }
        return length;
    }

    /** Seals the packets of a train and protects their headers, in place or to its target. */
    public void protect(int pathId, byte[] buffer, PacketTrain train) {
        MemorySegment target = train.target();
        for (int i = 0; i < train.size(); i++) {
            long number = train.packetNumber(i);
            int headerOffset = train.headerOffset(i);
            int headerLength = train.payloadOffset(i) - headerOffset;
            int length = train.payloadLength(i);
            sealedPackets++;
            if (target == null) {
                aead.seal(pathId, number, buffer, headerOffset, headerLength, length);
            } else {
                aead.sealTo(
                        pathId,
                        number,
                        buffer,
                        headerOffset,
                        headerLength,
                        length,
                        target,
                        train.targetOffset() + headerOffset);
            }
        }
        if (target == null) {
            header.protect(buffer, train);
        } else {
            header.protect(target, train);
        }
    }

    /**
     * Masks the first byte and the packet number of a sealed packet (RFC 9001 §5.4).
     *
     * @param pnOffset where the packet number is; the packet must reach {@code 4 + SAMPLE_BYTES}
     *     behind it
     */
    public void protectHeader(byte[] buffer, int headerOffset, int pnOffset, int pnLength) {
        header.protect(buffer, headerOffset, pnOffset, pnLength);
    }

    /**
     * Unmasks the first byte and the packet number (RFC 9001 §5.4). The caller guarantees that the
     * packet reaches {@code 4 + SAMPLE_BYTES} behind {@code pnOffset}.
     *
     * @return length of the packet number, 1 to 4
     */
    public int unprotectHeader(byte[] buffer, int headerOffset, int pnOffset) {
        return header.unprotect(buffer, headerOffset, pnOffset);
    }

    AeadLimits limits() {
        return AeadLimits.of(suite.aead());
    }

    /** How many packets were sealed with this key. */
    long sealedPackets() {
        return sealedPackets;
    }

    /** How many packets did not open with this key. */
    long failedPackets() {
        return failedPackets;
    }

    /** Wipes the keys as far as the JDK lets us; nothing can be protected after. */
    public void destroy() {
        retire();
        header.destroy();
    }

    /** Wipes the keys but for the header protection key, which the other key phases share. */
    void retire() {
        aead.destroy();
        Arrays.fill(secret, (byte) 0);
    }
}
