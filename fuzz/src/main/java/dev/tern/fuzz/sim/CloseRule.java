package dev.tern.fuzz.sim;

import dev.tern.quic.connection.CloseReason;
import dev.tern.quic.wire.TransportError;

/**
 * A connection ends for a reason that is true, in silence where it must, and never because nobody
 * tried (RFC 9000 §10).
 */
final class CloseRule extends Rule {
    /** Shorter than usual, for worlds are short: a handshake that stands still must show. */
    static final long HANDSHAKE_TIMEOUT_NS = 10_000_000_000L;

    /** Probes come at least that late in an idle period, for each waits twice as long. */
    private static final double TRYING = 0.75;

    private final World world;
    private long lastTakenNs = Long.MIN_VALUE;
    private long lastDeliveredNs = Long.MIN_VALUE;
    private long begunNs = Long.MAX_VALUE;
    private long lastTriedNs = Long.MIN_VALUE;

    CloseRule(Party party, World world) {
        super("close", party);
        this.world = world;
    }

    @Override
    void onDelivered(ObservedPacket packet, Delivery delivery) {
        lastDeliveredNs = delivery.nowNs();
        if (delivery.taken()) {
            lastTakenNs = delivery.nowNs();
            begunNs = Math.min(begunNs, lastTakenNs);
        }
    }

    @Override
    void onSent(ObservedPacket packet) {
        begunNs = Math.min(begunNs, packet.sentNs());
        if (packet.ackEliciting()) {
            lastTriedNs = packet.sentNs();
        }
        CloseReason reason = party().closeReason();
        if (reason == null) {
            return;
        }
        require(
                reason.cause() == CloseReason.Cause.LOCAL,
                "%s leaves after the end: %s",
                packet,
                reason);
        require(
                packet.frames().stream().allMatch(frame -> frame instanceof ObservedFrame.Close),
                "%s is more than CONNECTION_CLOSE after the end: %s",
                packet,
                packet.frames());
    }

    @Override
    void afterStep(long nowNs) {
        long expected = party().expectedErrorCode();
        if (expected >= 0 && !party().isLost()) {
            require(!party().isOpen(), "swallows what must cause error 0x%x", expected);
        }
    }

    @Override
    void onClosed(long nowNs) {
        CloseReason reason = party().closeReason();
        switch (reason.cause()) {
            case LOCAL -> {
                boolean wanted =
                        reason.application()
                                ? party().application().hasClosed()
                                : isExcused(reason);
                require(wanted, "closes by itself: %s", reason);
            }
            case PEER -> require(isOthersReason(reason), "believes the other closed: %s", reason);
            case STATELESS_RESET ->
                    require(
                            party().other().isLost() || party().other().closeReason() != null,
                            "believes the other has lost its state");
            case VERSION_REFUSED -> require(false, "finds no version of QUIC in common");
            case UNREACHABLE -> require(false, "is told of an ICMP message that nobody sent");
            case IDLE -> onIdle(nowNs);
        }
    }

    private boolean isExcused(CloseReason reason) {
        // It is for the address that asked for it, which may not be the dialler's any more; and it
        // is
        // judged before the packet's protection is, so that a changed one is a forged one.
        boolean badToken =
                reason.code() == TransportError.INVALID_TOKEN && world.setting().retries();
        // Forged bytes may pass the limit of the connection before they break what they should.
        boolean fullBefore =
                reason.code() == TransportError.FLOW_CONTROL_ERROR
                        && party().expectedErrorCode() >= 0;
        return badToken
                || fullBefore
                || party().isExcused()
                || reason.code() == party().expectedErrorCode();
    }

    private boolean isOthersReason(CloseReason reason) {
        CloseReason others = party().other().closeReason();
        if (others == null || others.cause() != CloseReason.Cause.LOCAL) {
            return false;
        }
        boolean veiled =
                others.application()
                        && !reason.application()
                        && reason.code() == TransportError.APPLICATION_ERROR;
        return veiled
                || (others.code() == reason.code() && others.application() == reason.application());
    }

    private void onIdle(long nowNs) {
        long bothNs = Math.min(party().manners().idleNs(), party().other().manners().idleNs());
        long leastNs = party().isComplete() ? bothNs : Math.min(bothNs, HANDSHAKE_TIMEOUT_NS);
        boolean tooLong = !party().isComplete() && nowNs - begunNs >= HANDSHAKE_TIMEOUT_NS;
        boolean silent = lastTakenNs == Long.MIN_VALUE || nowNs - lastTakenNs >= leastNs;
        require(
                tooLong || silent,
                "gives up %d ns after it heard something, of %d",
                nowNs - lastTakenNs,
                leastNs);
        // The acceptor takes nothing from an address that changes meanwhile (RFC 9000 §9).
        boolean passes =
                party().role() == Role.DIALLER
                        && lastDeliveredNs != Long.MIN_VALUE
                        && nowNs - lastDeliveredNs < HANDSHAKE_TIMEOUT_NS / 2;
        require(
                !tooLong || !passes || !world.isCalmFor(HANDSHAKE_TIMEOUT_NS / 2),
                "gives up a handshake that stands still though packets pass");
        boolean shouldHaveTalked =
                world.isCalmFor(bothNs)
                        && party().isComplete()
                        && party().other().isOpen()
                        && !party().application().hasSaidAll()
                        && party().application().canSend()
                        && party().other().application().canSend();
        long quietNs = (long) (bothNs * TRYING);
        CloseRule others = party().other().rules().find(CloseRule.class);
        require(
                !shouldHaveTalked
                        || nowNs - lastTriedNs < quietNs
                        || nowNs - others.lastTriedNs < quietNs,
                "gives up with things left to say, and nobody has tried");
    }
}
