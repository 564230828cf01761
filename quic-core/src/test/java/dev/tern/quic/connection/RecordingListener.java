package dev.tern.quic.connection;

import dev.tern.crypto.resumption.SessionTicket;
import dev.tern.quic.path.IcmpError;
import dev.tern.quic.path.Path;
import dev.tern.quic.path.SwitchReason;
import dev.tern.quic.stream.Stream;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps what happened, reads every stream as its bytes arrive, and echoes nothing. */
final class RecordingListener implements ConnectionListener {
    final java.util.List<byte[]> datagrams = new java.util.ArrayList<>();

    @Override
    public void onDatagram(Connection on, byte[] buffer, int offset, int length, long nowNs) {
        datagrams.add(java.util.Arrays.copyOfRange(buffer, offset, offset + length));
    }

    SessionTicket ticket;

    @Override
    public void onSessionTicket(Connection on, SessionTicket given, long nowNs) {
        ticket = given;
    }

    Connection connection;
    CloseReason closed;
    final List<String> switches = new ArrayList<>();
    final List<IcmpError> suspicions = new ArrayList<>();
    final Map<Long, ByteArrayOutputStream> received = new HashMap<>();
    final List<Long> ended = new ArrayList<>();
    private final byte[] buffer = new byte[4096];

    @Override
    public void onHandshakeComplete(Connection established, long nowNs) {
        connection = established;
    }

    @Override
    public void onStreamReadable(Connection on, Stream stream) {
        int n;
        while ((n = stream.receive().read(buffer, 0, buffer.length)) > 0) {
            received.computeIfAbsent(stream.id(), id -> new ByteArrayOutputStream())
                    .write(buffer, 0, n);
        }
        if (n < 0) {
            ended.add(stream.id());
        }
    }

    @Override
    public void onPathSwitched(
            Path from, Path to, SwitchReason reason, boolean byPeer, long nowNs) {
        switches.add(reason + (byPeer ? " by peer" : " here"));
    }

    @Override
    public void onPathSuspected(Path path, IcmpError why, long nowNs) {
        suspicions.add(why);
    }

    @Override
    public void onClosed(Connection on, CloseReason reason, long nowNs) {
        closed = reason;
    }
}
