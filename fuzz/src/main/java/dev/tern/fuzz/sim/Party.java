package dev.tern.fuzz.sim;

import dev.tern.quic.connection.CloseReason;
import dev.tern.quic.connection.Connection;

import java.util.ArrayDeque;
import java.util.Queue;

/** One end of a conversation: its connection, its application, and what the world knows of both. */
final class Party {
    /** RFC 9000 §18.2, as Tern announces it. */
    static final long MAX_ACK_DELAY_NS = 25_000_000L;

    private final Conversation conversation;
    private final Role role;
    private final Manners manners;
    private Connection connection;
    private Application application;
    private Rules rules;
    private CloseReason closeReason;
    private boolean accepted;
    private boolean complete;
    private boolean early;
    private boolean confirmed;
    private boolean lost;
    private long largestHeard = -1;
    private int keyUpdatesHeard;
    private boolean excused;
    private long expectedErrorCode = -1;
    private final Queue<byte[]> additions = new ArrayDeque<>();
    private long ackWishes;

    Party(Conversation conversation, Role role, Manners manners) {
        this.conversation = conversation;
        this.role = role;
        this.manners = manners;
    }

    void start(Application itsApplication, Rules itsRules) {
        application = itsApplication;
        rules = itsRules;
    }

    void connection(Connection itsConnection) {
        connection = itsConnection;
    }

    Conversation conversation() {
        return conversation;
    }

    Role role() {
        return role;
    }

    Party other() {
        return conversation.party(role.other());
    }

    Manners manners() {
        return manners;
    }

    /** Null before there is one, and when its host has lost its state. */
    Connection connection() {
        return connection;
    }

    Application application() {
        return application;
    }

    Rules rules() {
        return rules;
    }

    // ---- where it is

    /** TLS has verified the other's Finished. */
    void onComplete() {
        complete = true;
    }

    boolean isComplete() {
        return complete;
    }

    /** It may send before the other has answered (0-RTT). */
    void onEarlyDataPossible() {
        early = true;
    }

    /** Whether its application may open streams. */
    boolean mayTalk() {
        return isOpen() && (complete || early);
    }

    /** The handshake is confirmed (RFC 9001 §4.1.2). */
    void onConfirmed() {
        confirmed = true;
    }

    /** Whether the connection is there, established and confirmed. */
    boolean isReady() {
        return confirmed && isOpen();
    }

    boolean isOpen() {
        return connection != null && closeReason == null;
    }

    void onClosed(CloseReason reason) {
        closeReason = reason;
    }

    /** Why its connection ended; null while it has not. */
    CloseReason closeReason() {
        return closeReason;
    }

    /** Its host has heard of the conversation. */
    void onAccepted() {
        accepted = true;
    }

    boolean isAccepted() {
        return accepted;
    }

    /** Its host forgot everything. */
    void lose() {
        lost = true;
        connection = null;
    }

    boolean isLost() {
        return lost;
    }

    boolean isOver() {
        return lost || closeReason != null || (connection == null && other().closeReason != null);
    }

    boolean isSettled() {
        return isOpen() && application.hasSaidAll() && connection.streams().streamCount() == 0;
    }

    /** One more of its packets says this, too, which Tern never says by itself. */
    void addToNextPacket(byte[] frame) {
        additions.add(frame);
    }

    /** What to add to a packet of its; null for nothing. */
    byte[] nextAddition() {
        return additions.poll();
    }

    /** Numbers its wishes for ACKs of another frequency. */
    long nextAckWish() {
        return ackWishes++;
    }

    /** A forged packet must make it close with this code, at once. */
    void expectError(long code) {
        expectedErrorCode = code;
    }

    /** A packet reached it; it may have taken it in. */
    void onHeard(ObservedPacket packet) {
        largestHeard = Math.max(largestHeard, packet.number());
        keyUpdatesHeard = Math.max(keyUpdatesHeard, packet.keyUpdates());
    }

    /** With older keys than these it may read nothing any more. */
    int keyUpdatesHeard() {
        return keyUpdatesHeard;
    }

    long largestHeard() {
        return largestHeard;
    }

    /** A forged packet may make it close, with whatever code. */
    void excuse() {
        excused = true;
    }

    boolean isExcused() {
        return excused;
    }

    /** The code that a forged packet must have caused, or -1. */
    long expectedErrorCode() {
        return expectedErrorCode;
    }

    @Override
    public String toString() {
        return role + " of conversation " + conversation.index();
    }
}
