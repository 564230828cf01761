package dev.tern.quic.connection;

import dev.tern.quic.handshake.PacketNumberSpace;
import dev.tern.quic.path.Path;
import dev.tern.quic.recovery.SentPacket;
import dev.tern.quic.stream.Stream;
import dev.tern.quic.stream.StreamDataSource;
import dev.tern.quic.wire.ByteWriter;

/**
 * The frames of 1-RTT and 0-RTT packets: what waits, and how much of it window and pacing let out.
 * Decided once for each packet, then written. Owned by one agent; not thread-safe.
 */
final class ApplicationFrames {
    /** Streams that nobody gave an urgency wait where a fresh path's window is short. */
    private static final int MOST_URGENT_BULK = Stream.DEFAULT_URGENCY;

    /** So long a stream has its turn: no delay that another one would notice. */
    private static final long TURN_NS = 100_000;

    /** A train; longer turns would need more than a stream has ready where there are many. */
    private static final int MAX_TURN_BYTES = 64 << 10;

    private static final int NO_STREAM = -1;
    private static final int MIN_FRAME_ROOM_BYTES = 40;

    private final ControlFrames control;
    private final StreamDataSource streamData;
    private boolean early;
    private boolean controlPending;
    private int highestUrgency = NO_STREAM;
    private long pacedUntilNs = Long.MAX_VALUE;

    ApplicationFrames(ControlFrames control, StreamDataSource streamData) {
        this.control = control;
        this.streamData = streamData;
    }

    /** Another datagram begins. */
    void begin() {
        pacedUntilNs = Long.MAX_VALUE;
    }

    /** Until when pacing holds back what could otherwise be sent, or {@link Long#MAX_VALUE}. */
    long pacedUntilNs() {
        return pacedUntilNs;
    }

    /** Decides what the next packet of that space may carry; returns whether that is anything. */
    boolean decide(PacketNumberSpace space, Path path, long nowNs) {
        early = space.sealsEarly();
        // Asked first: a stream that turns out to be blocked has a control frame that says so.
        int urgency = streamData.mostUrgentPending();
        controlPending = early ? control.hasEarlyFramesToSend() : control.hasFramesToSend();
        highestUrgency = NO_STREAM;
        boolean urgentFrames = controlPending || space.crypto().hasDataToSend();
        if ((!urgentFrames && urgency > Stream.MAX_URGENCY) || !path.hasWindow()) {
            return false;
        }
        // Half of an unproven window is for messages: bulk must not make them wait for its first
        // ACK.
        boolean bulkMayGo = !(path.isUnproven() && path.isHalfFull());
        // 0-RTT: the round trip is a guess yet, and the initial window may leave at once (RFC 9002
        // §7.7).
        if (bulkMayGo && !early && !path.paceAllows(nowNs)) {
            pacedUntilNs = path.nextPacedSendNs(nowNs);
            bulkMayGo = false;
        }
        highestUrgency = bulkMayGo ? Stream.MAX_URGENCY : MOST_URGENT_BULK - 1;
        streamData.turnBytes((int) Math.min(MAX_TURN_BYTES, path.pacedBytesIn(TURN_NS)));
        return urgentFrames || urgency <= highestUrgency;
    }

    /** Writes what was decided on. */
    void write(ByteWriter out, SentPacket packet, long nowNs) {
        if (controlPending && early) {
            control.writeEarlyFrames(out, packet, nowNs);
        } else if (controlPending) {
            control.writeFrames(out, packet, nowNs);
        }
        if (highestUrgency != NO_STREAM && out.remaining() >= MIN_FRAME_ROOM_BYTES) {
            streamData.urgencyLimit(highestUrgency);
            streamData.writeFrames(out, packet, nowNs);
        }
    }

    /** Writes what waits, into a probe: window and pacing have no say (RFC 9002 §6.2.4). */
    void writeProbe(ByteWriter out, SentPacket packet, long nowNs) {
        controlPending = true;
        highestUrgency = Stream.MAX_URGENCY;
        write(out, packet, nowNs);
    }

    /** Whether there was less to send than the window allowed (RFC 9002 §7.8). */
    boolean isLimited(Path path) {
        return !path.isHalfFull() && !hasStreamData();
    }

    /** Whether any stream has something to send. */
    boolean hasStreamData() {
        return streamData.mostUrgentPending() <= Stream.MAX_URGENCY;
    }
}
