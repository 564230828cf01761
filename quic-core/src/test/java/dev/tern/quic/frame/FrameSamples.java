package dev.tern.quic.frame;

import dev.tern.quic.buf.RangeSet;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.StatelessResetToken;
import dev.tern.quic.wire.VarInt;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Any frame that Tern writes, with values from all over their ranges. */
final class FrameSamples implements ArbitrarySupplier<FrameSample> {
    private static final long[] VARINT_EDGES = {
        0, 1, 63, 64, 16383, 16384, (1 << 30) - 1, 1 << 30, VarInt.MAX
    };

    @Override
    public Arbitrary<FrameSample> get() {
        return Arbitraries.randomValue(FrameSamples::any);
    }

    private static FrameType randomType(Random random) {
        FrameType[] types = FrameType.values();
        FrameType type = types[random.nextInt(types.length)];
        return type.isReserved() ? randomType(random) : type;
    }

    static FrameSample any(Random random) {
        return any(randomType(random), random);
    }

    /** A random frame of this type. */
    static FrameSample any(FrameType type, Random random) {
        long a = varint(random);
        long b = varint(random);
        long c = varint(random);
        boolean coin = random.nextBoolean();
        return switch (type) {
            case PADDING -> {
                int count = 1 + random.nextInt(40);
                yield sample(type, count, out -> PaddingFrame.encode(out, count), "padding", count);
            }
            case PING -> sample(type, PingFrame.SIZE, PingFrame::encode, "ping");
            case ACK -> ack(random);
            case RESET_STREAM ->
                    sample(
                            type,
                            ResetStreamFrame.size(a, b, c),
                            out -> ResetStreamFrame.encode(out, a, b, c),
                            "resetStream",
                            a,
                            b,
                            c);
            case STOP_SENDING ->
                    sample(
                            type,
                            StopSendingFrame.size(a, b),
                            out -> StopSendingFrame.encode(out, a, b),
                            "stopSending",
                            a,
                            b);
            case CRYPTO -> crypto(a, bytes(random, 0, 100));
            case NEW_TOKEN -> {
                byte[] token = bytes(random, 1, 100);
                yield sample(
                        type,
                        NewTokenFrame.size(token.length),
                        out -> NewTokenFrame.encode(out, token),
                        "newToken",
                        hex(token));
            }
            case STREAM -> stream(a, b, bytes(random, 0, 100), coin, random.nextBoolean());
            case MAX_DATA ->
                    sample(
                            type,
                            MaxDataFrame.size(a),
                            out -> MaxDataFrame.encode(out, a),
                            "maxData",
                            a);
            case MAX_STREAM_DATA ->
                    sample(
                            type,
                            MaxStreamDataFrame.size(a, b),
                            out -> MaxStreamDataFrame.encode(out, a, b),
                            "maxStreamData",
                            a,
                            b);
            case MAX_STREAMS -> {
                long streams = Math.min(a, MaxStreamsFrame.MAX_STREAMS);
                yield sample(
                        type,
                        MaxStreamsFrame.size(streams),
                        out -> MaxStreamsFrame.encode(out, coin, streams),
                        "maxStreams",
                        coin,
                        streams);
            }
            case DATA_BLOCKED ->
                    sample(
                            type,
                            DataBlockedFrame.size(a),
                            out -> DataBlockedFrame.encode(out, a),
                            "dataBlocked",
                            a);
            case STREAM_DATA_BLOCKED ->
                    sample(
                            type,
                            StreamDataBlockedFrame.size(a, b),
                            out -> StreamDataBlockedFrame.encode(out, a, b),
                            "streamDataBlocked",
                            a,
                            b);
            case STREAMS_BLOCKED -> {
                long streams = Math.min(a, MaxStreamsFrame.MAX_STREAMS);
                yield sample(
                        type,
                        StreamsBlockedFrame.size(streams),
                        out -> StreamsBlockedFrame.encode(out, coin, streams),
                        "streamsBlocked",
                        coin,
                        streams);
            }
            case NEW_CONNECTION_ID -> newConnectionId(Math.max(a, b), Math.min(a, b), random);
            case RETIRE_CONNECTION_ID ->
                    sample(
                            type,
                            RetireConnectionIdFrame.size(a),
                            out -> RetireConnectionIdFrame.encode(out, a),
                            "retireConnectionId",
                            a);
            case PATH_CHALLENGE -> {
                long data = random.nextLong();
                yield sample(
                        type,
                        PathChallengeFrame.SIZE,
                        out -> PathChallengeFrame.encode(out, data),
                        "pathChallenge",
                        data);
            }
            case PATH_RESPONSE -> {
                long data = random.nextLong();
                yield sample(
                        type,
                        PathResponseFrame.SIZE,
                        out -> PathResponseFrame.encode(out, data),
                        "pathResponse",
                        data);
            }
            case CONNECTION_CLOSE -> close(type, a, b, bytes(random, 0, 60));
            case APPLICATION_CLOSE -> close(type, a, 0, bytes(random, 0, 60));
            case HANDSHAKE_DONE ->
                    sample(
                            type,
                            HandshakeDoneFrame.SIZE,
                            HandshakeDoneFrame::encode,
                            "handshakeDone");
            case DATAGRAM -> datagram(bytes(random, 0, 100), coin);
            case OBSERVED_ADDRESS -> {
                InetSocketAddress address = address(random);
                yield sample(
                        type,
                        ObservedAddressFrame.size(a, address),
                        out -> ObservedAddressFrame.encode(out, a, address),
                        "observedAddress",
                        a,
                        address);
            }
            case ADD_ADDRESS -> {
                InetSocketAddress address = address(random);
                yield sample(
                        type,
                        AddAddressFrame.size(a, address),
                        out -> AddAddressFrame.encode(out, a, address),
                        "addAddress",
                        a,
                        address);
            }
            case PUNCH_ME_NOW -> {
                InetSocketAddress address = address(random);
                yield sample(
                        type,
                        PunchMeNowFrame.size(a, b, address),
                        out -> PunchMeNowFrame.encode(out, a, b, address),
                        "punchMeNow",
                        a,
                        b,
                        address);
            }
            case IMMEDIATE_ACK ->
                    sample(type, ImmediateAckFrame.SIZE, ImmediateAckFrame::encode, "immediateAck");
            case ACK_FREQUENCY ->
                    sample(
                            type,
                            AckFrequencyFrame.size(a, b, c, 1),
                            out -> AckFrequencyFrame.encode(out, a, b, c, 1),
                            "ackFrequency",
                            a,
                            b,
                            c,
                            1);
            case REMOVE_ADDRESS ->
                    sample(
                            type,
                            RemoveAddressFrame.size(a),
                            out -> RemoveAddressFrame.encode(out, a),
                            "removeAddress",
                            a);
            case PATH_SWITCH -> {
                long reason = random.nextInt(3);
                yield sample(
                        type,
                        PathSwitchFrame.size(a, reason),
                        out -> PathSwitchFrame.encode(out, a, reason),
                        "pathSwitch",
                        a,
                        reason);
            }
            case ROUTABLE_CONNECTION_ID ->
                    routableConnectionId(Math.max(a, b), Math.min(a, b), random);
            default -> throw new IllegalArgumentException(type + " is not spoken");
        };
    }

    private static FrameSample ack(Random random) {
        RangeSet received = new RangeSet(200);
        int count = 1 + random.nextInt(100);
        for (int i = 0; i < count; i++) {
            received.addPoint(random.nextInt(300));
        }
        if (random.nextBoolean()) {
            received.addPoint(varint(random));
        }
        long delay = varint(random);
        boolean ecn = random.nextBoolean();
        List<String> heard = new ArrayList<>();
        heard.add("ackBegin " + received.largest(0) + " " + delay);
        for (int i = 0; i < received.rangeCount(); i++) {
            heard.add("ackRange " + received.smallest(i) + " " + received.largest(i));
        }
        heard.add(ecn ? "ackEnd 5 6 7000" : "ackEnd -1 -1 -1");
        Consumer<ByteWriter> encoder =
                out -> {
                    if (ecn) {
                        AckFrame.encode(out, received, delay, 200, 5, 6, 7000);
                    } else {
                        AckFrame.encode(out, received, delay, 200);
                    }
                };
        int size =
                FrameSample.encode(
                                List.of(new FrameSample(FrameType.ACK, 0, false, encoder, heard)))
                        .position();
        return new FrameSample(FrameType.ACK, size, false, encoder, heard);
    }

    private static FrameSample crypto(long anyOffset, byte[] data) {
        long offset = Math.min(anyOffset, VarInt.MAX - data.length);
        return sample(
                FrameType.CRYPTO,
                CryptoFrame.headerSize(offset, data.length) + data.length,
                out -> {
                    CryptoFrame.encodeHeader(out, offset, data.length);
                    out.writeBytes(data);
                },
                "crypto",
                offset,
                hex(data));
    }

    private static FrameSample stream(
            long id, long anyOffset, byte[] data, boolean fin, boolean toEnd) {
        long offset = Math.min(anyOffset, VarInt.MAX - data.length);
        int headerSize =
                toEnd
                        ? StreamFrame.headerSizeToEnd(id, offset)
                        : StreamFrame.headerSize(id, offset, data.length);
        Consumer<ByteWriter> encoder =
                out -> {
                    if (toEnd) {
                        StreamFrame.encodeHeaderToEnd(out, id, offset, fin);
                    } else {
                        StreamFrame.encodeHeader(out, id, offset, data.length, fin);
                    }
                    out.writeBytes(data);
                };
        String heard = "stream " + id + " " + offset + " " + hex(data) + " " + fin;
        return new FrameSample(
                FrameType.STREAM, headerSize + data.length, toEnd, encoder, List.of(heard));
    }

    private static FrameSample datagram(byte[] data, boolean toEnd) {
        int headerSize = toEnd ? 1 : DatagramFrame.headerSize(data.length);
        Consumer<ByteWriter> encoder =
                out -> {
                    if (toEnd) {
                        DatagramFrame.encodeHeaderToEnd(out);
                    } else {
                        DatagramFrame.encodeHeader(out, data.length);
                    }
                    out.writeBytes(data);
                };
        return new FrameSample(
                FrameType.DATAGRAM,
                headerSize + data.length,
                toEnd,
                encoder,
                List.of("datagram " + hex(data)));
    }

    private static FrameSample close(FrameType type, long code, long frameType, byte[] reason) {
        boolean application = type == FrameType.APPLICATION_CLOSE;
        return sample(
                type,
                ConnectionCloseFrame.size(application, code, frameType, reason.length),
                out -> ConnectionCloseFrame.encode(out, application, code, frameType, reason),
                "connectionClose",
                application,
                code,
                frameType,
                hex(reason));
    }

    private static FrameSample newConnectionId(long sequence, long retire, Random random) {
        ConnectionId id = ConnectionId.of(bytes(random, 1, 20));
        byte[] token = bytes(random, 16, 16);
        StatelessResetToken resetToken = StatelessResetToken.of(token, 0);
        return sample(
                FrameType.NEW_CONNECTION_ID,
                NewConnectionIdFrame.size(sequence, retire, id),
                out -> NewConnectionIdFrame.encode(out, sequence, retire, id, resetToken),
                "newConnectionId",
                sequence,
                retire,
                id,
                hex(token));
    }

    private static FrameSample routableConnectionId(long sequence, long retire, Random random) {
        InetSocketAddress relay = address(random);
        ConnectionId id = ConnectionId.of(bytes(random, 1, 20));
        byte[] token = bytes(random, 16, 16);
        StatelessResetToken resetToken = StatelessResetToken.of(token, 0);
        return sample(
                FrameType.ROUTABLE_CONNECTION_ID,
                RoutableConnectionIdFrame.size(relay, sequence, retire, id),
                out ->
                        RoutableConnectionIdFrame.encode(
                                out, relay, sequence, retire, id, resetToken),
                "routableConnectionId",
                relay,
                sequence,
                retire,
                id,
                hex(token));
    }

    private static FrameSample sample(
            FrameType type, int size, Consumer<ByteWriter> encoder, Object... heard) {
        StringBuilder line = new StringBuilder();
        for (Object word : heard) {
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        return new FrameSample(type, size, false, encoder, List.of(line.toString()));
    }

    private static long varint(Random random) {
        return random.nextInt(3) == 0
                ? VARINT_EDGES[random.nextInt(VARINT_EDGES.length)]
                : random.nextLong() >>> (2 + random.nextInt(60));
    }

    private static byte[] bytes(Random random, int min, int max) {
        byte[] bytes = new byte[min + random.nextInt(max - min + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static InetSocketAddress address(Random random) {
        byte[] ip = bytes(random, 4, 4);
        if (random.nextBoolean()) {
            ip = bytes(random, 16, 16);
            ip[0] = 0x20;
        }
        try {
            return new InetSocketAddress(InetAddress.getByAddress(ip), random.nextInt(65536));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static String hex(byte[] bytes) {
        return "[" + HexFormat.of().formatHex(bytes) + "]";
    }
}
