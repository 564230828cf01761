package dev.tern.fuzz;

import dev.tern.quic.buf.RangeSet;
import dev.tern.quic.frame.AckFrame;
import dev.tern.quic.frame.AckFrequencyFrame;
import dev.tern.quic.frame.AddAddressFrame;
import dev.tern.quic.frame.ConnectionCloseFrame;
import dev.tern.quic.frame.CryptoFrame;
import dev.tern.quic.frame.DataBlockedFrame;
import dev.tern.quic.frame.DatagramFrame;
import dev.tern.quic.frame.FrameType;
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
import dev.tern.quic.wire.PacketType;
import dev.tern.quic.wire.StatelessResetToken;

import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.function.Consumer;

/** A payload for each frame type, and some of several frames. */
final class FrameSeeds {
    private static final byte[] DATA = {'t', 'e', 'r', 'n'};
    private static final ConnectionId ID =
            ConnectionId.of(new byte[] {(byte) 0xe7, 1, 2, 3, 4, 5, 6, 7});
    private static final StatelessResetToken TOKEN = new StatelessResetToken(3, 4);
    private static final InetSocketAddress IPV4 = new InetSocketAddress("192.0.2.1", 4433);
    private static final InetSocketAddress IPV6 = new InetSocketAddress("2001:db8::1", 4433);

    private FrameSeeds() {}

    static void addTo(SeedCorpus corpus) {
        for (FrameType type : FrameType.values()) {
            if (!type.isReserved()) {
                add(corpus, type.name(), PacketType.ONE_RTT, out -> write(out, type));
            }
        }
        add(
                corpus,
                "initial",
                PacketType.INITIAL,
                out -> {
                    write(out, FrameType.ACK);
                    write(out, FrameType.CRYPTO);
                    write(out, FrameType.PADDING);
                });
        add(
                corpus,
                "transfer",
                PacketType.ONE_RTT,
                out -> {
                    write(out, FrameType.ACK);
                    write(out, FrameType.MAX_DATA);
                    write(out, FrameType.STREAM);
                });
        add(corpus, "early_data", PacketType.ZERO_RTT, out -> write(out, FrameType.STREAM));
        add(
                corpus,
                "ack_ecn",
                PacketType.ONE_RTT,
                out -> AckFrame.encode(out, received(), 9, 8, 1, 2, 3));
        add(
                corpus,
                "stream_to_end",
                PacketType.ONE_RTT,
                out -> {
                    StreamFrame.encodeHeaderToEnd(out, 4, 1 << 20, true);
                    out.writeBytes(DATA);
                });
        add(
                corpus,
                "datagram_to_end",
                PacketType.ONE_RTT,
                out -> {
                    DatagramFrame.encodeHeaderToEnd(out);
                    out.writeBytes(DATA);
                });
    }

    private static void add(
            SeedCorpus corpus, String name, PacketType packet, Consumer<ByteWriter> payload) {
        corpus.add(
                FrameReaderFuzzTest.class,
                name.toLowerCase(Locale.ROOT),
                out -> {
                    out.writeByte(packet.ordinal());
                    payload.accept(out);
                });
    }

    /** The compiler asks for a seed of every new type. */
    private static void write(ByteWriter out, FrameType type) {
        switch (type) {
            case PADDING -> PaddingFrame.encode(out, 3);
            case PING -> PingFrame.encode(out);
            case ACK -> AckFrame.encode(out, received(), 9, 8);
            case RESET_STREAM -> ResetStreamFrame.encode(out, 4, 300, 70_000);
            case STOP_SENDING -> StopSendingFrame.encode(out, 4, 300);
            case CRYPTO -> {
                CryptoFrame.encodeHeader(out, 100, DATA.length);
                out.writeBytes(DATA);
            }
            case NEW_TOKEN -> NewTokenFrame.encode(out, DATA);
            case STREAM -> {
                StreamFrame.encodeHeader(out, 4, 70_000, DATA.length, false);
                out.writeBytes(DATA);
            }
            case MAX_DATA -> MaxDataFrame.encode(out, 1 << 20);
            case MAX_STREAM_DATA -> MaxStreamDataFrame.encode(out, 4, 1 << 20);
            case MAX_STREAMS -> MaxStreamsFrame.encode(out, true, 100);
            case DATA_BLOCKED -> DataBlockedFrame.encode(out, 1 << 20);
            case STREAM_DATA_BLOCKED -> StreamDataBlockedFrame.encode(out, 4, 1 << 20);
            case STREAMS_BLOCKED -> StreamsBlockedFrame.encode(out, false, 100);
            case NEW_CONNECTION_ID -> NewConnectionIdFrame.encode(out, 5, 2, ID, TOKEN);
            case RETIRE_CONNECTION_ID -> RetireConnectionIdFrame.encode(out, 1);
            case PATH_CHALLENGE -> PathChallengeFrame.encode(out, 0x0102_0304_0506_0708L);
            case PATH_RESPONSE -> PathResponseFrame.encode(out, 0x0102_0304_0506_0708L);
            case CONNECTION_CLOSE -> ConnectionCloseFrame.encode(out, false, 7, 8, DATA);
            case APPLICATION_CLOSE -> ConnectionCloseFrame.encode(out, true, 300, 0, DATA);
            case HANDSHAKE_DONE -> HandshakeDoneFrame.encode(out);
            case IMMEDIATE_ACK -> ImmediateAckFrame.encode(out);
            case ACK_FREQUENCY -> AckFrequencyFrame.encode(out, 3, 10, 25_000, 1);
            case DATAGRAM -> {
                DatagramFrame.encodeHeader(out, DATA.length);
                out.writeBytes(DATA);
            }
            case OBSERVED_ADDRESS -> ObservedAddressFrame.encode(out, 1, IPV4);
            case ADD_ADDRESS -> AddAddressFrame.encode(out, 1, IPV6);
            case PUNCH_ME_NOW -> PunchMeNowFrame.encode(out, 1, 2, IPV4);
            case REMOVE_ADDRESS -> RemoveAddressFrame.encode(out, 1);
            case PATH_SWITCH -> PathSwitchFrame.encode(out, 3, 1);
            case ROUTABLE_CONNECTION_ID ->
                    RoutableConnectionIdFrame.encode(out, IPV6, 5, 2, ID, TOKEN);
            case PATH_ACK,
                    PATH_ABANDON,
                    PATH_STATUS_BACKUP,
                    PATH_STATUS_AVAILABLE,
                    PATH_NEW_CONNECTION_ID,
                    PATH_RETIRE_CONNECTION_ID,
                    MAX_PATH_ID,
                    PATHS_BLOCKED,
                    PATH_CIDS_BLOCKED ->
                    throw new IllegalArgumentException(type + " is reserved");
        }
    }

    private static RangeSet received() {
        RangeSet packets = new RangeSet(8);
        packets.add(90, 100);
        packets.add(20, 80);
        packets.addPoint(3);
        return packets;
    }
}
