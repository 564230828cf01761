package dev.tern.crypto;

/**
 * The 1-RTT keys of both directions through key updates (RFC 9001 §6). Either side updates by
 * sending with the next keys and the other value of the Key Phase bit; the other side follows.
 *
 * <pre>
 *   update()            send n+1, receive n      the peer has yet to follow
 *   peer's packet opens send n+1, receive n+1    with the next keys; the previous ones are kept
 *   dropPrevious()      send n+1, receive n+1    3 PTO later; an update may be initiated again
 *
 *   peer's packet opens send n,   receive n      before: the peer initiates
 *   with the next keys  send n+1, receive n+1    this side follows at once
 * </pre>
 *
 * <p>The keys that open the next phase's packets are always there before they are needed, so that
 * the time it takes to refuse a packet does not tell its Key Phase bit (RFC 9001 §6.3, §9.5). One
 * packet number space; owned by one agent, not thread-safe.
 */
public final class KeyPhases {
    private static final long NONE = -1;

    /**
     * Which part of its packets a key has left once it {@link #isExhausted()}: that is asked when
     * something arrives, so what a window and a train hold may leave before, and then the close.
     */
    private static final int SPARE_PART = 64;

    private final AeadLimits limits;
    private PacketProtector send;
    private PacketProtector previousReceive;
    private PacketProtector receive;
    private PacketProtector nextReceive;
    private int sendPhase;
    private int receivePhase;
    private boolean handshakeConfirmed;

    /** The first packet number sealed in the current phase. */
    private long firstSent = NONE;

    private boolean acknowledged;
    private long lowestReceived = Long.MAX_VALUE;
    private long highestReceived = NONE;
    private long highestPreviousReceived = NONE;
    private long failedPackets;

    /** Takes the keys over that TLS gave for the application's data. */
    public KeyPhases(PacketProtector send, PacketProtector receive) {
        this(send, receive, send.limits());
    }

    KeyPhases(PacketProtector send, PacketProtector receive, AeadLimits limits) {
        this.limits = limits;
        this.send = send;
        this.receive = receive;
        nextReceive = receive.nextPhase();
    }

    /** The Key Phase bit of the packets that are sealed now. */
    public boolean sendPhaseBit() {
        return bit(sendPhase);
    }

    /** How often the keys have been updated: those that seal now. */
    public int updates() {
        return sendPhase;
    }

    private static boolean bit(int phase) {
        return (phase & 1) != 0;
    }

    /**
     * As {@link PacketProtector#seal}.
     *
     * @throws IllegalStateException if the confidentiality limit is reached
     */
    public void seal(
            int pathId,
            long packetNumber,
            byte[] buffer,
            int headerOffset,
            int headerLength,
            int payloadLength) {
        onSeal(packetNumber, 1);
        send.seal(pathId, packetNumber, buffer, headerOffset, headerLength, payloadLength);
    }

    /** As {@link PacketProtector#protect}; the packet numbers ascend. */
    public void protect(int pathId, byte[] buffer, PacketTrain train) {
        if (train.size() > 0) {
            onSeal(train.packetNumber(0), train.size());
            send.protect(pathId, buffer, train);
        }
    }

    private void onSeal(long packetNumber, int packets) {
        if (send.sealedPackets() + packets > limits.confidentialityPackets()) {
            throw new IllegalStateException(
                    "key phase "
                            + sendPhase
                            + " has sealed all "
                            + limits.confidentialityPackets()
                            + " packets that one key may");
        }
        if (firstSent == NONE) {
            firstSent = packetNumber;
        }
    }

    /** As {@link PacketProtector#protectHeader}. */
    public void protectHeader(byte[] buffer, int headerOffset, int pnOffset, int pnLength) {
        send.protectHeader(buffer, headerOffset, pnOffset, pnLength);
    }

    /** As {@link PacketProtector#unprotectHeader}; the Key Phase bit can be read after. */
    public int unprotectHeader(byte[] buffer, int headerOffset, int pnOffset) {
        return receive.unprotectHeader(buffer, headerOffset, pnOffset);
    }

    /**
     * As {@link PacketProtector#open}, with the keys that Key Phase bit and packet number ask for
     * (RFC 9001 §6.5). A packet that opens with the next keys completes our update, or is the
     * peer's, which this side then follows.
     *
     * @throws KeyUpdateException if the packet is authentic and its keys are not those it must have
     */
    public int open(
            boolean phaseBit,
            int pathId,
            long packetNumber,
            byte[] buffer,
            int headerOffset,
            int headerLength,
            int sealedLength) {
        boolean current = phaseBit == bit(receivePhase);
        boolean older = !current && packetNumber < lowestReceived && receivePhase > 0;
        PacketProtector keys = current ? receive : older ? previousReceive : nextReceive;
        if (keys == null) {
            return -1; // the previous keys are dropped
        }
        int length =
                keys.open(pathId, packetNumber, buffer, headerOffset, headerLength, sealedLength);
        if (length < 0) {
            failedPackets++;
        } else if (older) {
            highestPreviousReceived = Math.max(highestPreviousReceived, packetNumber);
        } else if (current) {
            onCurrent(packetNumber);
        } else {
            onNext(packetNumber);
        }
        return length;
    }

    private void onCurrent(long packetNumber) {
        if (packetNumber < highestPreviousReceived) {
            throw new KeyUpdateException(
                    "packet " + highestPreviousReceived + " has older keys than " + packetNumber);
        }
        lowestReceived = Math.min(lowestReceived, packetNumber);
        highestReceived = Math.max(highestReceived, packetNumber);
    }

    private void onNext(long packetNumber) {
        if (packetNumber < highestReceived) {
            throw new KeyUpdateException(
                    "packet " + highestReceived + " has older keys than " + packetNumber);
        }
        if (sendPhase == receivePhase) {
            if (sendPhase > 0 && firstSent == NONE) {
                // Nothing of the current phase was sent, so the peer cannot have seen it confirmed.
                throw new KeyUpdateException("the peer updates keys twice without confirmation");
            }
            advanceSend();
        }
        dropPrevious();
        previousReceive = receive;
        receive = nextReceive;
        nextReceive = receive.nextPhase();
        receivePhase++;
        highestPreviousReceived = highestReceived;
        lowestReceived = packetNumber;
        highestReceived = packetNumber;
    }

    private void advanceSend() {
        PacketProtector next = send.nextPhase();
        send.retire();
        send = next;
        sendPhase++;
        firstSent = NONE;
        acknowledged = false;
    }

    /** From here on updates may be initiated (RFC 9001 §6.1). */
    public void onHandshakeConfirmed() {
        handshakeConfirmed = true;
    }

    /**
     * The peer acknowledged a 1-RTT packet, in one that {@link #open} has just opened.
     *
     * @throws KeyUpdateException if the peer has seen new keys and still seals with old ones
     */
    public void onAcknowledged(long packetNumber) {
        if (firstSent == NONE || packetNumber < firstSent) {
            return;
        }
        if (sendPhase > receivePhase) {
            throw new KeyUpdateException(
                    "packet " + packetNumber + " is acknowledged with older keys than it had");
        }
        acknowledged = true;
    }

    /**
     * Whether an update may be initiated: the handshake is confirmed, the last update is complete
     * and acknowledged, and its previous keys are dropped (RFC 9001 §6.1, §6.5).
     */
    public boolean mayUpdate() {
        return handshakeConfirmed
                && sendPhase == receivePhase
                && (sendPhase == 0 || acknowledged)
                && previousReceive == null;
    }

    /** Initiates an update: all that is sealed from now on has the next keys. */
    public void update() {
        if (!mayUpdate()) {
            throw new IllegalStateException("no key update may be initiated now");
        }
        advanceSend();
    }

    /** Whether so much was sealed that an update should be initiated when it may. */
    public boolean isUpdateDue() {
        return send.sealedPackets() >= limits.confidentialityPackets() / 2;
    }

    /**
     * Whether a limit of RFC 9001 §6.6 is reached: the connection must close with
     * AEAD_LIMIT_REACHED, for which a few packets can still be sealed.
     */
    public boolean isExhausted() {
        long most = limits.confidentialityPackets();
        return send.sealedPackets() >= most - most / SPARE_PART
                || failedPackets >= limits.integrityPackets();
    }

    /** Whether old keys are kept for packets that come late: drop them after 3 PTO. */
    public boolean keepsPrevious() {
        return previousReceive != null;
    }

    /** Wipes the previous keys (RFC 9001 §6.5). */
    public void dropPrevious() {
        if (previousReceive != null) {
            previousReceive.retire();
            previousReceive = null;
        }
    }

    /** Wipes all keys. */
    public void destroy() {
        dropPrevious();
        nextReceive.retire();
        send.destroy();
        receive.destroy();
    }
}
