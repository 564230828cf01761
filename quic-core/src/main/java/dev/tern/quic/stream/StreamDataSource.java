package dev.tern.quic.stream;

import dev.tern.quic.flow.LatestValue;
import dev.tern.quic.flow.SendCredit;
import dev.tern.quic.recovery.FrameSource;
import dev.tern.quic.recovery.SentPacket;
import dev.tern.quic.wire.ByteWriter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Serves STREAM frames: the most urgent streams first, those of one urgency in turns of at least a
 * packet each. Owned by one agent; not thread-safe.
 */
public final class StreamDataSource implements FrameSource {
    static final int NOT_QUEUED = -1;

    private static final int LEVELS = Stream.MAX_URGENCY + 1;

    /** A frame in less room is hardly more than its header. */
    private static final int MIN_ROOM_BYTES = 16;

    private final List<ArrayDeque<Stream>> levels = new ArrayList<>(LEVELS);
    private final ArrayDeque<Stream> awaitingCredit = new ArrayDeque<>(1);
    private final SendCredit credit;
    private final LatestValue blockedLimit;
    private int urgencyLimit = Stream.MAX_URGENCY;
    private int turnBytes;
    private Stream inTurn;
    private int turnLeftBytes;

    /** Bit by level: whether it has streams in its queue. */
    private int occupied;

    StreamDataSource(SendCredit credit, LatestValue blockedLimit) {
        this.credit = credit;
        this.blockedLimit = blockedLimit;
        for (int i = 0; i < LEVELS; i++) {
            levels.add(new ArrayDeque<>(1)); // few levels are ever used; it grows
        }
    }

    /**
     * From now on streams with a higher urgency number are passed over, and {@link
     * #hasFramesToSend} does not count them: so a fresh path's small window is kept for what is
     * urgent. {@link Stream#MAX_URGENCY} serves all again.
     */
    public void urgencyLimit(int highestUrgency) {
        urgencyLimit = highestUrgency;
    }

    /**
     * How much a stream may send before it is the next one's turn; the packet that reaches this is
     * filled. What belongs to one stream is found in the processor's caches, what belongs to a
     * thousand is not, so a path that carries much in no time has turns of several packets.
     */
    public void turnBytes(int bytes) {
        turnBytes = bytes;
    }

    /** The urgency of the most urgent stream with something to send; 8 when there is none. */
    public int mostUrgentPending() {
        return firstLevel(Stream.MAX_URGENCY);
    }

    @Override
    public boolean hasFramesToSend() {
        return firstLevel(urgencyLimit) < LEVELS;
    }

    @Override
    public void writeFrames(ByteWriter out, SentPacket packet, long nowNs) {
        Stream written = null;
        int level;
        while ((level = firstLevel(urgencyLimit)) < LEVELS) {
            Stream stream = levels.get(level).peekFirst();
            int start = out.position();
            boolean hadRoom =
                    out.remaining() > MIN_ROOM_BYTES
                            && stream.send().writeFrame(out, packet, credit);
            if (!hadRoom) {
                if (stream.equals(written) && turnLeftBytes <= 0) {
                    endTurn(level);
                }
                return;
            }
            count(stream, out.position() - start);
            written = stream;
        }
    }

    private void count(Stream stream, int bytes) {
        if (!stream.equals(inTurn)) {
            inTurn = stream;
            turnLeftBytes = turnBytes;
        }
        turnLeftBytes -= bytes;
    }

    private void endTurn(int level) {
        inTurn = null;
        ArrayDeque<Stream> queue = levels.get(level);
        if (queue.size() > 1 && queue.peekFirst().isIncremental()) {
            queue.addLast(queue.pollFirst());
        }
    }

    /** The stream may have something to send, or another urgency than before. */
    void queue(Stream stream) {
        int urgency = stream.urgency();
        if (stream.queuedUrgency == urgency) {
            return;
        }
        if (stream.queuedUrgency != NOT_QUEUED) {
            levels.get(stream.queuedUrgency).removeFirstOccurrence(stream);
        }
        stream.queuedUrgency = urgency;
        levels.get(urgency).addLast(stream);
        occupied |= 1 << urgency;
    }

    /** The peer gave the connection more credit. */
    void onCreditRaised() {
        blockedLimit.cancel();
        Stream stream;
        while ((stream = awaitingCredit.pollFirst()) != null) {
            stream.awaitsCredit = false;
            queue(stream);
        }
    }

    /** The first level with a stream that can send; those that cannot leave their queue. */
    private int firstLevel(int highest) {
        int candidates = occupied & (2 << highest) - 1;
        while (candidates != 0) {
            int level = Integer.numberOfTrailingZeros(candidates);
            if (head(level) != null) {
                return level;
            }
            occupied &= ~(1 << level);
            candidates &= candidates - 1;
        }
        return LEVELS;
    }

    private Stream head(int level) {
        ArrayDeque<Stream> queue = levels.get(level);
        Stream stream;
        while ((stream = queue.peekFirst()) != null && !stream.send().hasDataToSend(credit)) {
            queue.pollFirst();
            stream.queuedUrgency = NOT_QUEUED;
            if (stream.equals(inTurn)) {
                inTurn = null;
            }
            park(stream);
        }
        return stream;
    }

    private void park(Stream stream) {
        if (stream.send().awaitsConnectionCredit()) {
            if (!stream.awaitsCredit) {
                stream.awaitsCredit = true;
                awaitingCredit.addLast(stream);
            }
            blockedLimit.offer(credit.limitBytes());
        } else {
            stream.send().noteIfBlocked();
        }
    }
}
