package dev.tern.perf.jmh;

import dev.tern.quic.buf.RangeSet;
import dev.tern.quic.frame.AckFrame;
import dev.tern.quic.frame.AckFrequencyFrame;
import dev.tern.quic.frame.AddAddressFrame;
import dev.tern.quic.frame.ConnectionCloseFrame;
import dev.tern.quic.frame.CryptoFrame;
import dev.tern.quic.frame.DataBlockedFrame;
import dev.tern.quic.frame.DatagramFrame;
import dev.tern.quic.frame.HandshakeDoneFrame;
import dev.tern.quic.frame.ImmediateAckFrame;
import dev.tern.quic.frame.MaxDataFrame;
import dev.tern.quic.frame.MaxStreamDataFrame;
import dev.tern.quic.frame.MaxStreamsFrame;
import dev.tern.quic.frame.NewConnectionIdFrame;
import dev.tern.quic.frame.NewTokenFrame;
import dev.tern.quic.frame.ObservedAddressFrame;
import dev.tern.quic.frame.PaddingFrame;
import dev.tern.quic.frame.PathChallengeFrame;
import dev.tern.quic.frame.PathResponseFrame;
import dev.tern.quic.frame.PathSwitchFrame;
import dev.tern.quic.frame.PingFrame;
import dev.tern.quic.frame.PunchMeNowFrame;
import dev.tern.quic.frame.RemoveAddressFrame;
import dev.tern.quic.frame.ResetStreamFrame;
import dev.tern.quic.frame.RetireConnectionIdFrame;
import dev.tern.quic.frame.RoutableConnectionIdFrame;
import dev.tern.quic.frame.StopSendingFrame;
import dev.tern.quic.frame.StreamDataBlockedFrame;
import dev.tern.quic.frame.StreamFrame;
import dev.tern.quic.frame.StreamsBlockedFrame;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.StatelessResetToken;

import java.net.InetSocketAddress;
import java.util.function.Consumer;

/**
 * One frame of every type, as a connection in the midst of a transfer would send it. Data is not
 * copied: only its place is kept free, as sending copies it straight from the stream.
 */
public enum SampleFrame {
    PADDING(out -> PaddingFrame.encode(out, 16)),
    PING(PingFrame::encode),
    ACK(out -> AckFrame.encode(out, Values.RECEIVED, 300, 32)),
    RESET_STREAM(out -> ResetStreamFrame.encode(out, 8, 256, 1_000_000)),
    STOP_SENDING(out -> StopSendingFrame.encode(out, 8, 256)),
    CRYPTO(
            out -> {
                CryptoFrame.encodeHeader(out, 1200, SampleFrame.DATA_BYTES);
                out.position(out.position() + SampleFrame.DATA_BYTES);
            }),
    NEW_TOKEN(out -> NewTokenFrame.encode(out, Values.TOKEN)),
    STREAM(
            out -> {
                StreamFrame.encodeHeader(out, 8, 1_000_000, SampleFrame.DATA_BYTES, false);
                out.position(out.position() + SampleFrame.DATA_BYTES);
            }),
    MAX_DATA(out -> MaxDataFrame.encode(out, 16_000_000)),
    MAX_STREAM_DATA(out -> MaxStreamDataFrame.encode(out, 8, 16_000_000)),
    MAX_STREAMS(out -> MaxStreamsFrame.encode(out, true, 200)),
    DATA_BLOCKED(out -> DataBlockedFrame.encode(out, 16_000_000)),
    STREAM_DATA_BLOCKED(out -> StreamDataBlockedFrame.encode(out, 8, 16_000_000)),
    STREAMS_BLOCKED(out -> StreamsBlockedFrame.encode(out, true, 200)),
    NEW_CONNECTION_ID(out -> NewConnectionIdFrame.encode(out, 9, 2, Values.ID, Values.RESET_TOKEN)),
    RETIRE_CONNECTION_ID(out -> RetireConnectionIdFrame.encode(out, 1)),
    PATH_CHALLENGE(out -> PathChallengeFrame.encode(out, 0x0123_4567_89ab_cdefL)),
    PATH_RESPONSE(out -> PathResponseFrame.encode(out, 0x0123_4567_89ab_cdefL)),
    CONNECTION_CLOSE(out -> ConnectionCloseFrame.encode(out, false, 0x0a, 0x08, Values.REASON)),
    APPLICATION_CLOSE(out -> ConnectionCloseFrame.encode(out, true, 256, 0, Values.REASON)),
    HANDSHAKE_DONE(HandshakeDoneFrame::encode),
    IMMEDIATE_ACK(ImmediateAckFrame::encode),
    ACK_FREQUENCY(out -> AckFrequencyFrame.encode(out, 3, 10, 25_000, 1)),
    DATAGRAM(
            out -> {
                DatagramFrame.encodeHeader(out, SampleFrame.DATA_BYTES);
                out.position(out.position() + SampleFrame.DATA_BYTES);
            }),
    OBSERVED_ADDRESS(out -> ObservedAddressFrame.encode(out, 3, Values.IPV4)),
    ADD_ADDRESS(out -> AddAddressFrame.encode(out, 3, Values.IPV6)),
    PUNCH_ME_NOW(out -> PunchMeNowFrame.encode(out, 2, 3, Values.IPV4)),
    REMOVE_ADDRESS(out -> RemoveAddressFrame.encode(out, 3)),
    PATH_SWITCH(out -> PathSwitchFrame.encode(out, 5, 1)),
    ROUTABLE_CONNECTION_ID(
            out ->
                    RoutableConnectionIdFrame.encode(
                            out, Values.IPV4, 9, 2, Values.ID, Values.RESET_TOKEN));

    /** Bytes of data in the frames that carry any. */
    static final int DATA_BYTES = 1000;

    @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
    private final Consumer<ByteWriter> encoder;

    SampleFrame(Consumer<ByteWriter> encoder) {
        this.encoder = encoder;
    }

    /** Writes the frame. */
    public void encode(ByteWriter out) {
        encoder.accept(out);
    }

    private static final class Values {
        static final byte[] TOKEN = new byte[64];
        static final byte[] REASON = new byte[24];
        static final ConnectionId ID =
                ConnectionId.of(new byte[] {(byte) 0xe7, 1, 2, 3, 4, 5, 6, 7});
        static final StatelessResetToken RESET_TOKEN = new StatelessResetToken(1, 2);
        static final InetSocketAddress IPV4 = new InetSocketAddress("192.0.2.1", 4433);
        static final InetSocketAddress IPV6 = new InetSocketAddress("2001:db8::1", 4433);
        static final RangeSet RECEIVED = received();

        /** Two packets are missing, which makes three ranges. */
        private static RangeSet received() {
            RangeSet packets = new RangeSet(32);
            packets.add(100_000, 100_400);
            packets.remove(100_100, 100_100);
            packets.remove(100_390, 100_390);
            return packets;
        }
    }
}
