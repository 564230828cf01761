package dev.tern.peer;

import dev.tern.quic.connection.CloseReason;
import dev.tern.quic.path.Path;
import dev.tern.quic.path.SwitchReason;
import dev.tern.quic.stream.Stream;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * An application in virtual time: sends a numbered message every millisecond, and notes what
 * arrives when.
 */
class Messenger implements PeerListener {
    static final int BYTES = 32;

    private final PeerWorld world;
    PeerConnection connection;
    boolean established;
    CloseReason closed;
    long firstByteNs = -1;
    long worstGapNs;
    long received;
    long lostOrRepeated;
    int handshakes;
    final List<String> switches = new ArrayList<>();
    private final byte[] buffer = new byte[4096];
    private final byte[] partial = new byte[BYTES];
    private int partialLength;
    private long previousNs;
    private long nextNumber;
    private Stream out;
    private boolean sending;
    private int bulkLeft;
    private Stream bulk;
    long bulkReceived;

    Messenger(PeerWorld world) {
        this.world = world;
    }

    void startSending() {
        out = connection.openStream(false);
        out.setUrgency(1);
        sending = true;
        tick();
    }

    void stopSending() {
        sending = false;
    }

    /** Sends a file's worth of bytes of ordinary urgency as fast as it goes. */
    void startBulk(int bytes) {
        bulk = connection.openStream(false);
        bulkLeft = bytes;
        pump();
    }

    private void pump() {
        byte[] chunk = new byte[1 << 16];
        int n = bulk.send().write(chunk, 0, Math.min(bulkLeft, chunk.length));
        bulkLeft -= n;
        if (bulkLeft == 0) {
            bulk.send().finish();
        } else {
            world.world.at(world.world.nowNs() + PeerWorld.MS, this::pump);
        }
        wake();
    }

    private void tick() {
        if (!sending) {
            return;
        }
        byte[] message = ByteBuffer.allocate(BYTES).putLong(nextNumber++).array();
        out.send().write(message, 0, BYTES);
        wake();
        world.world.at(world.world.nowNs() + PeerWorld.MS, this::tick);
    }

    private void wake() {
        for (PeerWorld.SimPeer peer : List.of(world.a, world.b)) {
            if (peer.node.connections().contains(connection)) {
                peer.node.wake(connection.connection());
            }
        }
    }

    /** Forgets gaps so far: what follows is measured. */
    void resetGap() {
        worstGapNs = 0;
    }

    /** The longest gap, the one that still lasts among them, less the interval. */
    double pauseMs() {
        long lasting = world.world.nowNs() - previousNs;
        return (Math.max(worstGapNs, lasting) - PeerWorld.MS) / 1e6;
    }

    @Override
    public void onEstablished(PeerConnection on, long nowNs) {
        connection = on;
        established = true;
        handshakes++;
    }

    @Override
    public void onReadable(PeerConnection on, Stream stream) {
        if (stream.isBidirectional()) {
            return;
        }
        int n;
        while ((n = stream.receive().read(buffer, 0, buffer.length)) > 0) {
            if (stream.urgency() == Stream.DEFAULT_URGENCY && isBulk(stream)) {
                bulkReceived += n;
            } else {
                take(n);
            }
        }
    }

    /** A peer opens its message stream first. */
    private static boolean isBulk(Stream stream) {
        return stream.id() >> 2 > 0;
    }

    private void take(int length) {
        long nowNs = world.world.nowNs();
        if (firstByteNs < 0) {
            firstByteNs = nowNs;
        } else {
            worstGapNs = Math.max(worstGapNs, nowNs - previousNs);
        }
        previousNs = nowNs;
        for (int i = 0; i < length; i++) {
            partial[partialLength++] = buffer[i];
            if (partialLength == BYTES) {
                partialLength = 0;
                if (ByteBuffer.wrap(partial).getLong() != received) {
                    lostOrRepeated++;
                }
                received++;
            }
        }
    }

    @Override
    public void onPathChanged(
            PeerConnection on,
            Path from,
            Path to,
            SwitchReason reason,
            boolean byPeer,
            long nowNs) {
        switches.add(reason + " " + (to.isRelayed() ? "relayed" : "direct"));
    }

    @Override
    public void onClosed(PeerConnection on, CloseReason reason, long nowNs) {
        closed = reason;
    }

    boolean isDirect() {
        return established && !connection.connection().currentPath().isRelayed();
    }
}
