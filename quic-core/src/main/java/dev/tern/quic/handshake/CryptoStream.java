package dev.tern.quic.handshake;

import dev.tern.quic.buf.RangeSet;
import dev.tern.quic.frame.CryptoFrame;
import dev.tern.quic.recovery.FrameOwner;
import dev.tern.quic.recovery.SentPacket;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;

import java.util.Arrays;

/**
 * The handshake bytes of one encryption level, both directions (RFC 9000 §7.5): what TLS wants
 * sent, kept until acknowledged, and what arrived, put in order. A handshake is a few kilobytes, so
 * each direction is one growing array. Owned by one agent; not thread-safe.
 */
public final class CryptoStream implements FrameOwner {
    /** Out-of-order bytes that are kept; RFC 9000 §7.5 asks for at least 4096. */
    static final int MAX_BUFFERED_BYTES = 64 * 1024;

    private static final int MAX_RANGES = 64;
    private static final int MIN_USEFUL_BYTES = 16;

    private static final byte[] NOTHING = {};

    private byte[] outgoing = NOTHING;
    private int outgoingLength;
    private int nextOffset;
    private final RangeSet lost = new RangeSet(MAX_RANGES);
    private final RangeSet acked = new RangeSet(MAX_RANGES);

    private byte[] incoming = NOTHING;
    private int incomingBase;
    private final RangeSet arrived = new RangeSet(MAX_RANGES);

    /** TLS wants these bytes sent. */
    public void write(byte[] bytes) {
        outgoing = Arrays.copyOf(outgoing, outgoingLength + bytes.length);
        System.arraycopy(bytes, 0, outgoing, outgoingLength, bytes.length);
        outgoingLength += bytes.length;
    }

    public boolean hasDataToSend() {
        return lost.rangeCount() > 0 || nextOffset < outgoingLength;
    }

    /** Writes CRYPTO frames while they fit and there is something to say, lost bytes first. */
    public void writeFrames(ByteWriter out, SentPacket packet) {
        while (lost.rangeCount() > 0) {
            int lowest = lost.rangeCount() - 1;
            long from = lost.smallest(lowest);
            int written =
                    writeFrame(out, packet, (int) from, (int) (lost.largest(lowest) - from + 1));
            if (written == 0) {
                return;
            }
            lost.removeBelow(from + written);
        }
        if (nextOffset < outgoingLength) {
            nextOffset += writeFrame(out, packet, nextOffset, outgoingLength - nextOffset);
        }
    }

    private int writeFrame(ByteWriter out, SentPacket packet, int from, int wanted) {
        int header = CryptoFrame.headerSize(from, wanted);
        int length = Math.min(wanted, out.remaining() - header);
        if (length < Math.min(wanted, MIN_USEFUL_BYTES)) {
            return 0;
        }
        CryptoFrame.encodeHeader(out, from, length);
        out.writeBytes(outgoing, from, length);
        packet.addFrame(this, from, length);
        return length;
    }

    @Override
    public void onFrameAcked(long offset, long length) {
        acked.add(offset, offset + length - 1);
        if (acked.rangeCount() == 1
                && acked.smallest(0) == 0
                && acked.largest(0) == outgoingLength - 1) {
            forgetOutgoing();
        }
    }

    @Override
    public void onFrameLost(long offset, long length) {
        for (long i = offset; i < offset + length; i++) {
            if (!acked.contains(i)) {
                lost.addPoint(i);
            }
        }
    }

    /**
     * CRYPTO bytes arrived.
     *
     * @return how many bytes are now readable in order
     */
    public int onData(long streamOffset, byte[] buffer, int offset, int length) {
        long end = streamOffset + length;
        if (end > (long) incomingBase + MAX_BUFFERED_BYTES) {
            throw new TransportException(
                    TransportError.CRYPTO_BUFFER_EXCEEDED,
                    "CRYPTO data to offset "
                            + end
                            + " passes "
                            + MAX_BUFFERED_BYTES
                            + " bytes of buffer");
        }
        int skip = (int) Math.max(0, incomingBase - streamOffset);
        if (skip >= length) {
            return readable();
        }
        int at = (int) (streamOffset + skip - incomingBase);
        int useful = length - skip;
        if (at + useful > incoming.length) {
            incoming = Arrays.copyOf(incoming, Math.max(at + useful, 2 * incoming.length));
        }
        System.arraycopy(buffer, offset + skip, incoming, at, useful);
        arrived.add(streamOffset + skip, end - 1);
        return readable();
    }

    private int readable() {
        int lowest = arrived.rangeCount() - 1;
        if (lowest < 0 || arrived.smallest(lowest) > incomingBase) {
            return 0;
        }
        return (int) (arrived.largest(lowest) + 1 - incomingBase);
    }

    /** Takes the readable bytes out. */
    byte[] read(int length) {
        byte[] bytes = Arrays.copyOf(incoming, length);
        System.arraycopy(incoming, length, incoming, 0, incoming.length - length);
        incomingBase += length;
        arrived.removeBelow(incomingBase);
        if (arrived.rangeCount() == 0) {
            incoming = NOTHING;
        }
        return bytes;
    }

    /** The keys of its level are gone: nothing need be sent any more. */
    void discard() {
        if (outgoingLength > 0) {
            acked.add(0, outgoingLength - 1);
        }
        forgetOutgoing();
    }

    /** What was sent is taken for acknowledged; TLS may write more behind it. */
    private void forgetOutgoing() {
        lost.removeBelow(outgoingLength);
        nextOffset = outgoingLength;
        outgoing = NOTHING;
    }
}
