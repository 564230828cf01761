package dev.tern.fuzz.sim;

import dev.tern.crypto.resumption.SessionTicket;
import dev.tern.quic.connection.CloseReason;
import dev.tern.quic.connection.Connection;
import dev.tern.quic.connection.ConnectionListener;
import dev.tern.quic.path.Path;
import dev.tern.quic.path.SwitchReason;
import dev.tern.quic.stream.Stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;

/** What uses one end of a conversation: opens streams, writes, reads, answers, and closes. */
final class Application implements ConnectionListener {
    private static final int MIN_DATAGRAM_BYTES = 1200;
    private static final int ANSWER_BYTES = 3000;

    private final Party party;
    private final World world;
    private final Queue<StreamWish> wishes = new ArrayDeque<>();
    private final Map<Long, Sending> sending = new TreeMap<>();
    private final Map<Long, Receiving> receiving = new TreeMap<>();
    private final Messages messages;
    private boolean paused;
    private boolean hurried;
    private boolean closed;

    Application(Party party, World world) {
        this.party = party;
        this.world = world;
        messages = new Messages(party);
    }

    // ---- what the world has it do

    void want(StreamWish wish) {
        wishes.add(wish);
        openWanted();
    }

    /** Reads nothing until {@link #resume}. */
    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
        receiving.values().forEach(Receiving::read);
    }

    /** Gives up one of the streams that it sends on. */
    void resetOne(long choice) {
        List<Sending> open = new ArrayList<>(sending.values());
        open.removeIf(each -> each.isDelivered());
        if (!open.isEmpty()) {
            open.get((int) Long.remainderUnsigned(choice, open.size())).reset();
        }
    }

    /** Wants no more of one of the streams that it reads. */
    void stopOne(long choice) {
        List<Receiving> open = new ArrayList<>(receiving.values());
        open.removeIf(Receiving::isOver);
        if (!open.isEmpty()) {
            open.get((int) Long.remainderUnsigned(choice, open.size())).stop();
        }
    }

    /** Writes all that it ever will, without pauses. */
    void hurry() {
        hurried = true;
        resume();
        sending.values().forEach(Sending::allowAll);
    }

    /** Sends messages that may be lost. */
    void sendMessages(int count, int bytes) {
        messages.send(count, bytes);
    }

    void updateKeys() {
        if (party.isReady()) {
            party.connection().updateKeys();
        }
    }

    void close(long code) {
        if (party.isOpen()) {
            closed = true;
            party.connection().close(code, "the application's wish", world.nowNs());
        }
    }

    // ---- what the world wants to know

    boolean hasClosed() {
        return closed;
    }

    boolean hasSaidAll() {
        return wishes.isEmpty()
                && sending.values().stream().allMatch(Sending::hasEnded)
                && sending.values().stream().allMatch(s -> s.isDelivered() || !s.mustArrive());
    }

    /** Whether the network lets anything out. */
    boolean canSend() {
        if (party.connection() == null) {
            return false;
        }
        Path path = party.connection().currentPath();
        return !path.isAbandoned() && path.allowsBytes(MIN_DATAGRAM_BYTES);
    }

    /** All must have arrived: compares with what the other side has read. */
    void checkArrived() {
        for (Sending sent : sending.values()) {
            Receiving read = party.other().application().receiving.get(sent.stream().id());
            boolean arrived = read != null && (read.isGivenUp() || read.hasRead(sent.bytes()));
            if (sent.mustArrive() && !arrived) {
                throw new Violation(
                        "delivery",
                        "%s: the other has not read the %d bytes of stream %d to their end"
                                .formatted(party, sent.bytes(), sent.stream().id()));
            }
        }
    }

    // ---- what its connection tells

    @Override
    public void onHandshakeComplete(Connection connection, long nowNs) {
        party.connection(connection);
        party.onComplete();
        if (party.role() == Role.ACCEPTOR) {
            party.onConfirmed();
        } else {
            countResumption(connection);
        }
        openWanted();
    }

    private void countResumption(Connection connection) {
        if (connection.isResumed()) {
            world.counters().add(Counter.RESUMED);
        }
        if (connection.isEarlyDataAccepted()) {
            world.counters().add(Counter.ZERO_RTT);
        }
    }

    @Override
    public void onSessionTicket(Connection connection, SessionTicket ticket, long nowNs) {
        world.switchboard().keep(ticket);
    }

    @Override
    public void onDatagram(
            Connection connection, byte[] buffer, int offset, int length, long nowNs) {
        messages.onReceived(buffer, offset, length);
    }

    private void openWanted() {
        while (party.mayTalk() && !wishes.isEmpty()) {
            StreamWish wish = wishes.peek();
            Stream stream = party.connection().streams().open(wish.bidirectional());
            if (stream == null) {
                return;
            }
            wishes.remove();
            stream.setUrgency(wish.urgency());
            begin(stream, wish);
            if (wish.bidirectional()) {
                receiving.put(stream.id(), new Receiving(party, stream));
            }
        }
    }

    private void begin(Stream stream, StreamWish wish) {
        Sending started = new Sending(party, stream, wish);
        sending.put(stream.id(), started);
        if (hurried) {
            started.allowAll();
        } else if (wish.chunkBytes() == 0) {
            started.write();
        } else {
            writeChunks(started, wish.pauseNs());
        }
    }

    private void writeChunks(Sending started, long pauseNs) {
        if (party.isOpen() && started.allowChunk()) {
            world.after(
                    pauseNs,
                    () -> {
                        writeChunks(started, pauseNs);
                        world.wake(party);
                    });
        }
    }

    @Override
    public void onStreamOpened(Connection connection, Stream stream) {
        receiving.put(stream.id(), new Receiving(party, stream));
        if (stream.isBidirectional()) {
            long bytes = stream.id() * 131 % ANSWER_BYTES;
            begin(stream, new StreamWish(true, bytes, 0, 0, false, Stream.DEFAULT_URGENCY));
        }
    }

    @Override
    public void onStreamReadable(Connection connection, Stream stream) {
        if (!paused) {
            receiving.get(stream.id()).read();
        }
    }

    @Override
    public void onStreamWritable(Connection connection, Stream stream) {
        sending.get(stream.id()).write();
    }

    @Override
    public void onStreamsAllowed(Connection connection, boolean bidirectional) {
        openWanted();
    }

    @Override
    public void onPeerIdsIssued(Connection connection, long nowNs) {
        world.host(party.role()).retryMove(party);
    }

    @Override
    public void onProbeTimeout(Connection connection, int count, long nowNs) {
        world.counters().add(Counter.PTOS);
        party.rules().find(LossRule.class).onUpheaval(nowNs);
        party.rules().find(CongestionRule.class).onProbeTimeout();
    }

    @Override
    public void onPathValidated(Path path, long nowNs) {
        world.counters().add(Counter.VALIDATIONS);
    }

    @Override
    public void onPathFailed(Path path, long nowNs) {
        party.rules().find(LossRule.class).onUpheaval(nowNs);
    }

    @Override
    public void onPathSwitched(
            Path from, Path to, SwitchReason reason, boolean byPeer, long nowNs) {
        party.rules().find(LossRule.class).onUpheaval(nowNs);
    }

    @Override
    public void onClosed(Connection connection, CloseReason reason, long nowNs) {
        party.onClosed(reason);
        if (reason.cause() == CloseReason.Cause.STATELESS_RESET) {
            world.counters().add(Counter.RESETS);
        }
        party.rules().onClosed(nowNs);
    }
}
