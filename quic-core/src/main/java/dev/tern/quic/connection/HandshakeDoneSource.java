package dev.tern.quic.connection;

import dev.tern.quic.frame.HandshakeDoneFrame;
import dev.tern.quic.recovery.FrameOwner;
import dev.tern.quic.recovery.FrameSource;
import dev.tern.quic.recovery.SentPacket;
import dev.tern.quic.wire.ByteWriter;

/** HANDSHAKE_DONE: a server tells the client that the handshake is confirmed (RFC 9000 §19.20). */
final class HandshakeDoneSource implements FrameSource, FrameOwner {
    private boolean pending;
    private boolean acked;

    void send() {
        pending = true;
    }

    @Override
    public boolean hasFramesToSend() {
        return pending;
    }

    @Override
    public void writeFrames(ByteWriter out, SentPacket packet, long nowNs) {
        if (pending && out.remaining() >= 1) {
            HandshakeDoneFrame.encode(out);
            packet.addFrame(this, 0, 0);
            pending = false;
        }
    }

    @Override
    public void onFrameAcked(long a, long b) {
        acked = true;
        pending = false;
    }

    @Override
    public void onFrameLost(long a, long b) {
        pending = !acked;
    }
}
