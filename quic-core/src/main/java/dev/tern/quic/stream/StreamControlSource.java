package dev.tern.quic.stream;

import dev.tern.quic.flow.LatestValue;
import dev.tern.quic.frame.DataBlockedFrame;
import dev.tern.quic.frame.MaxDataFrame;
import dev.tern.quic.recovery.FrameSource;
import dev.tern.quic.recovery.SentPacket;
import dev.tern.quic.wire.ByteWriter;

import java.util.ArrayDeque;

/**
 * Serves the small frames that keep streams going: credit first, for the peer waits for it, then
 * what single streams have to say. Owned by one agent; not thread-safe.
 */
public final class StreamControlSource implements FrameSource {
    /** The largest of these frames: RESET_STREAM with three numbers of eight bytes. */
    private static final int MAX_FRAME_BYTES = 1 + 3 * 8;

    private final LatestValue maxData = new LatestValue(() -> {});
    private final LatestValue dataBlocked = new LatestValue(() -> {});
    private final ArrayDeque<Stream> queue = new ArrayDeque<>(1);
    private final StreamCount bidirectional;
    private final StreamCount unidirectional;

    StreamControlSource(StreamCount bidirectional, StreamCount unidirectional) {
        this.bidirectional = bidirectional;
        this.unidirectional = unidirectional;
    }

    LatestValue maxData() {
        return maxData;
    }

    LatestValue dataBlocked() {
        return dataBlocked;
    }

    @Override
    public boolean hasFramesToSend() {
        return maxData.isDue()
                || dataBlocked.isDue()
                || bidirectional.hasFrames()
                || unidirectional.hasFrames()
                || head() != null;
    }

    @Override
    public void writeFrames(ByteWriter out, SentPacket packet, long nowNs) {
        while (out.remaining() >= MAX_FRAME_BYTES && writeOne(out, packet)) {
            // One after another while there is room.
        }
    }

    private boolean writeOne(ByteWriter out, SentPacket packet) {
        if (maxData.isDue()) {
            MaxDataFrame.encode(out, maxData.send(packet));
        } else if (bidirectional.hasFrames()) {
            bidirectional.writeFrame(out, packet);
        } else if (unidirectional.hasFrames()) {
            unidirectional.writeFrame(out, packet);
        } else if (dataBlocked.isDue()) {
            DataBlockedFrame.encode(out, dataBlocked.send(packet));
        } else {
            return writeForStream(out, packet);
        }
        return true;
    }

    private boolean writeForStream(ByteWriter out, SentPacket packet) {
        Stream stream = head();
        if (stream == null) {
            return false;
        }
        if (stream.receive() != null && stream.receive().hasControlFrames()) {
            stream.receive().writeControlFrame(out, packet);
        } else {
            stream.send().writeControlFrame(out, packet);
        }
        return true;
    }

    /** The stream may have a frame to send. */
    void queue(Stream stream) {
        if (!stream.controlQueued) {
            stream.controlQueued = true;
            queue.addLast(stream);
        }
    }

    private Stream head() {
        Stream stream;
        while ((stream = queue.peekFirst()) != null && !stream.hasControlFrames()) {
            queue.pollFirst();
            stream.controlQueued = false;
        }
        return stream;
    }
}
