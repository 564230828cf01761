package dev.tern.quic.connection;

import dev.tern.quic.frame.NewTokenFrame;
import dev.tern.quic.recovery.FrameOwner;
import dev.tern.quic.recovery.FrameSource;
import dev.tern.quic.recovery.SentPacket;
import dev.tern.quic.wire.ByteWriter;

/** NEW_TOKEN: spares the client a Retry on its next connection (RFC 9000 §19.7). */
final class NewTokenSource implements FrameSource, FrameOwner {
    private byte[] token;
    private boolean pending;

    void send(byte[] newToken) {
        token = newToken;
        pending = true;
    }

    @Override
    public boolean hasFramesToSend() {
        return pending;
    }

    @Override
    public void writeFrames(ByteWriter out, SentPacket packet, long nowNs) {
        if (pending && out.remaining() >= NewTokenFrame.size(token.length)) {
            NewTokenFrame.encode(out, token);
            packet.addFrame(this, 0, 0);
            pending = false;
        }
    }

    @Override
    public void onFrameAcked(long a, long b) {
        pending = false;
    }

    @Override
    public void onFrameLost(long a, long b) {
        pending = true;
    }
}
