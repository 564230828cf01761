package dev.tern.quic.path;

import dev.tern.quic.frame.ObservedAddressFrame;
import dev.tern.quic.frame.PathChallengeFrame;
import dev.tern.quic.frame.PathResponseFrame;
import dev.tern.quic.frame.PathSwitchFrame;
import dev.tern.quic.frame.PingFrame;
import dev.tern.quic.recovery.FrameOwner;
import dev.tern.quic.recovery.SentPacket;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.VarInt;

import java.net.InetSocketAddress;

/**
 * The frames that mean something only on the path that they are sent on: PATH_CHALLENGE,
 * PATH_RESPONSE, OBSERVED_ADDRESS, PATH_SWITCH and a PING as a sign of life.
 */
final class PathFrames {
    /**
     * A flood of PATH_CHALLENGE while sending is throttled must not grow anything: the newest win.
     */
    private static final int MAX_RESPONSES = 4;

    private static final int CHALLENGE_BYTES = 9;
    private static final int OBSERVED_ADDRESS_MAX_BYTES = 4 + 8 + 16 + 2;

    private final long[] responses = new long[MAX_RESPONSES];
    private int responseCount;
    private boolean ping;
    private InetSocketAddress observed;
    private long observedSequence;
    private long switchEpoch = -1;
    private long switchReason;
    private FrameOwner switchOwner;

    void respond(long data) {
        if (responseCount == MAX_RESPONSES) {
            System.arraycopy(responses, 1, responses, 0, MAX_RESPONSES - 1);
            responseCount--;
        }
        responses[responseCount++] = data;
    }

    void ping() {
        ping = true;
    }

    void observed(long sequence, InetSocketAddress address) {
        observedSequence = sequence;
        observed = address;
    }

    void pathSwitch(FrameOwner owner, long epoch, long reason) {
        switchOwner = owner;
        switchEpoch = epoch;
        switchReason = reason;
    }

    /** Returns whether there was one that was not sent yet. */
    boolean withdrawSwitch() {
        boolean pending = switchEpoch >= 0;
        switchEpoch = -1;
        return pending;
    }

    boolean isPending() {
        return responseCount > 0 || ping || observed != null || switchEpoch >= 0;
    }

    void writeChallenge(ByteWriter out, SentPacket packet, long data) {
        PathChallengeFrame.encode(out, data);
        packet.markPathProbe();
    }

    boolean fitsChallenge(ByteWriter out) {
        return out.remaining() >= CHALLENGE_BYTES;
    }

    /** Writes what waits; returns whether a frame that must fill the datagram was among it. */
    boolean write(ByteWriter out, SentPacket packet) {
        boolean expand = responseCount > 0;
        int written = 0;
        while (written < responseCount && out.remaining() >= CHALLENGE_BYTES) {
            PathResponseFrame.encode(out, responses[written++]);
            packet.markPathProbe();
        }
        System.arraycopy(responses, written, responses, 0, responseCount - written);
        responseCount -= written;
        if (observed != null && out.remaining() >= OBSERVED_ADDRESS_MAX_BYTES) {
            ObservedAddressFrame.encode(out, observedSequence, observed);
            packet.markPathProbe();
            observed = null;
        }
        if (switchEpoch >= 0
                && out.remaining() >= 8 + VarInt.size(switchEpoch) + VarInt.size(switchReason)) {
            PathSwitchFrame.encode(out, switchEpoch, switchReason);
            packet.addFrame(switchOwner, switchEpoch, switchReason);
            switchEpoch = -1;
        }
        if (ping && out.remaining() >= 1) {
            PingFrame.encode(out);
            packet.markAckEliciting();
            ping = false;
        }
        return expand;
    }
}
