package dev.tern.perf.jmh;

import dev.tern.quic.frame.FrameReader;
import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.PacketHeader;
import dev.tern.quic.wire.PacketHeaderWriter;
import dev.tern.quic.wire.PacketType;
import dev.tern.quic.wire.Versions;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/** A typical packet of a transfer, ACK + MAX_DATA + STREAM, and the headers around payloads. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class PacketBenchmark {
    private static final int PAYLOAD_BYTES = 1100;
    private static final byte[] NO_TOKEN = new byte[0];

    private final byte[] payload = new byte[1500];
    private final byte[] shortHeaderPacket = new byte[1500];
    private final byte[] initial = new byte[1500];
    private final ConnectionId id = ConnectionId.of(new byte[] {(byte) 0xe7, 1, 2, 3, 4, 5, 6, 7});
    private final ByteWriter out = new ByteWriter();
    private final ByteReader in = new ByteReader();
    private final FrameReader reader = new FrameReader();
    private final SummingHandler handler = new SummingHandler();
    private final PacketHeader header = new PacketHeader();
    private int payloadLength;
    private int packetLength;

    @Setup
    public void prepare() {
        payloadLength = encodePayload();
        packetLength = encodeShortHeader() + PAYLOAD_BYTES;
        encodeInitialHeader();
    }

    @Benchmark
    public long decodePayload() {
        reader.read(in.wrap(payload, 0, payloadLength), PacketType.ONE_RTT, handler);
        return handler.sum();
    }

    /** What decoding is measured against: the same integers, without asking what they mean. */
    @Benchmark
    public long readPayloadsIntegers() {
        in.wrap(payload, 0, payloadLength - SampleFrame.DATA_BYTES);
        long sum = 0;
        while (in.hasRemaining()) {
            sum += in.readVarint();
        }
        return sum;
    }

    @Benchmark
    public int encodePayload() {
        out.wrap(payload, 0, payload.length);
        SampleFrame.ACK.encode(out);
        SampleFrame.MAX_DATA.encode(out);
        SampleFrame.STREAM.encode(out);
        return out.position();
    }

    @Benchmark
    public int parseShortHeader() {
        header.parse(shortHeaderPacket, 0, packetLength, PacketHeader.SELF_DESCRIBED);
        return header.packetNumberOffset();
    }

    @Benchmark
    public int encodeShortHeader() {
        out.wrap(shortHeaderPacket, 0, shortHeaderPacket.length);
        PacketHeaderWriter.writeShort(out, id, false, 100_000, 2);
        return out.position();
    }

    @Benchmark
    public int parseInitialHeader() {
        header.parse(initial, 0, initial.length, PacketHeader.SELF_DESCRIBED);
        return header.packetNumberOffset();
    }

    @Benchmark
    public int encodeInitialHeader() {
        out.wrap(initial, 0, initial.length);
        int lengthOffset =
                PacketHeaderWriter.writeLong(
                        out, PacketType.INITIAL, Versions.V1, id, id, NO_TOKEN, 2, 4);
        PacketHeaderWriter.setLength(initial, lengthOffset, PAYLOAD_BYTES);
        return out.position();
    }
}
