package dev.tern.quic.stream;

import dev.tern.quic.flow.BufferTuning;
import dev.tern.quic.frame.FrameReader;
import dev.tern.quic.recovery.SentPacket;
import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.PacketType;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/** One side of a connection that has nothing but streams; its packets go where a test wants. */
final class StreamPeer implements StreamWaker {
    static final int PACKET_BYTES = 1200;

    /** A packet on its way. */
    static final class Flight {
        final SentPacket packet = new SentPacket();
        byte[] payload;
    }

    final StreamTable table;
    final StreamFrameRouter router;
    final Queue<Stream> opened = new ArrayDeque<>();
    int readableCalls;
    int writableCalls;
    private final byte[] buffer = new byte[PACKET_BYTES];
    private final ByteWriter out = new ByteWriter();
    private final FrameReader reader = new FrameReader();

    StreamPeer(boolean server, StreamLimits limits, int sendBufferBytes) {
        this(server, limits, BufferTuning.fixed(sendBufferBytes));
    }

    StreamPeer(boolean server, StreamLimits limits, BufferTuning tuning) {
        table = new StreamTable(server, limits, tuning, new SegmentPool(1 << 20), this);
        router = new StreamFrameRouter(table);
    }

    static StreamLimits limits(long connectionBytes, long streamBytes, long streams) {
        return new StreamLimits(
                connectionBytes, streamBytes, streamBytes, streamBytes, streams, streams);
    }

    /** A client and a server that know each other's limits. */
    static StreamPeer[] pair(StreamLimits limits) {
        StreamPeer client = new StreamPeer(false, limits, 1 << 16);
        StreamPeer server = new StreamPeer(true, limits, 1 << 16);
        client.table.onPeerLimits(limits);
        server.table.onPeerLimits(limits);
        return new StreamPeer[] {client, server};
    }

    /** The next packet, or null when there is nothing to send. */
    Flight send(int packetBytes) {
        // In this order: a stream that turns out to be blocked has a control frame that says so.
        boolean promised =
                table.dataSource().hasFramesToSend() || table.controlSource().hasFramesToSend();
        Flight flight = new Flight();
        out.wrap(buffer, 0, packetBytes);
        table.controlSource().writeFrames(out, flight.packet, 0);
        table.dataSource().writeFrames(out, flight.packet, 0);
        if (promised != out.position() > 0) {
            throw new AssertionError("promised " + promised + ", wrote " + out.position());
        }
        flight.payload = Arrays.copyOf(buffer, out.position());
        return promised ? flight : null;
    }

    void receive(Flight flight) {
        ByteReader in = new ByteReader().wrap(flight.payload, 0, flight.payload.length);
        reader.read(in, PacketType.ONE_RTT, router);
    }

    /** Sends all there is; every packet arrives and is acknowledged. Returns the frames' names. */
    String flushTo(StreamPeer other) {
        other.router.takeNames();
        Flight flight;
        while ((flight = send(PACKET_BYTES)) != null) {
            other.receive(flight);
            flight.packet.notifyAcked();
        }
        return other.router.takeNames();
    }

    @Override
    public void onStreamWritten(Stream stream) {
        table.onWritten(stream);
    }

    @Override
    public void onReadable(Stream stream) {
        readableCalls++;
    }

    @Override
    public void onWritable(Stream stream) {
        writableCalls++;
    }

    @Override
    public void onOpened(Stream stream) {
        opened.add(stream);
    }
}
