package dev.tern.quic.stream;

import dev.tern.quic.flow.BufferTuning;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One stream: its id, its halves, and where it stands in the agent's queues. Only {@link
 * #setUrgency}, the accessors and the application methods of the halves may be called by
 * application threads.
 */
public final class Stream {
    /** The urgency of a stream that sets none (RFC 9218 §4.1 has the same scale). */
    public static final int DEFAULT_URGENCY = 3;

    /** The least urgent. */
    public static final int MAX_URGENCY = 7;

    private static final VarHandle SCHEDULED;

    static {
        try {
            SCHEDULED =
                    MethodHandles.lookup().findVarHandle(Stream.class, "scheduled", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long id;
    private final boolean locallyInitiated;
    private final StreamTable table;
    private final SendStream send;
    private final ReceiveStream receive;
    private volatile int urgency = DEFAULT_URGENCY;
    private volatile boolean incremental = true;

    @SuppressWarnings("unused") // through SCHEDULED
    private boolean scheduled;

    private Object attachment;

    // Kept by the queues of the agent.
    int queuedUrgency = StreamDataSource.NOT_QUEUED;
    boolean awaitsCredit;
    boolean controlQueued;

    /**
     * @param sendLimitBytes how much the peer lets us send, -1 if the stream has no sending half
     * @param receiveWindowBytes how much the peer may send, -1 if it has no receiving half
     */
    Stream(
            long id,
            boolean locallyInitiated,
            StreamTable table,
            long sendLimitBytes,
            long receiveWindowBytes,
            BufferTuning tuning,
            SegmentPool pool) {
        this.id = id;
        this.locallyInitiated = locallyInitiated;
        this.table = table;
        this.send = sendLimitBytes < 0 ? null : new SendStream(this, tuning, pool, sendLimitBytes);
        this.receive =
                receiveWindowBytes < 0
                        ? null
                        : new ReceiveStream(this, tuning.streamWindow(receiveWindowBytes), pool);
    }

    public long id() {
        return id;
    }

    public boolean isBidirectional() {
        return StreamId.isBidirectional(id);
    }

    public boolean isLocallyInitiated() {
        return locallyInitiated;
    }

    /** The half to write to, or null where the peer alone sends. */
    public SendStream send() {
        return send;
    }

    /** The half to read from, or null where only we send. */
    public ReceiveStream receive() {
        return receive;
    }

    public int urgency() {
        return urgency;
    }

    /**
     * Streams with a lower number are served first; those with the same number take turns.
     *
     * @param newUrgency 0 to {@link #MAX_URGENCY}
     */
    public void setUrgency(int newUrgency) {
        if (newUrgency < 0 || newUrgency > MAX_URGENCY) {
            throw new IllegalArgumentException("urgency " + newUrgency + ": not 0 to 7");
        }
        urgency = newUrgency;
        wakeAgent();
    }

    /** Whether it takes turns with others of its urgency. */
    boolean isIncremental() {
        return incremental;
    }

    /**
     * Whether the peer can use parts of it (RFC 9218 §4.2): if so, as is usual, it takes turns with
     * others of its urgency; if not, it is sent to its end before the next has its turn.
     */
    public void setIncremental(boolean newIncremental) {
        incremental = newIncremental;
    }

    /** Agent: keeps what a layer above knows of this stream. */
    public void attach(Object newAttachment) {
        attachment = newAttachment;
    }

    /** Agent: what was attached last, or null. */
    public Object attachment() {
        return attachment;
    }

    /** Application: the agent must look at this stream. */
    void wakeAgent() {
        // A read-modify-write on both sides: whoever comes second sees what the first one wrote.
        if (!(boolean) SCHEDULED.getAndSet(this, true)) {
            table.waker().onStreamWritten(this);
        }
    }

    /** Agent: looks at what the application did; from here on it will be woken again. */
    void takeApplicationActions() {
        SCHEDULED.getAndSet(this, false);
        if (receive != null) {
            receive.onApplicationActed();
        }
        if (send != null) {
            send.onApplicationActed();
            queueData();
        }
    }

    void queueData() {
        table.dataSource().queue(this);
    }

    void queueControl() {
        table.controlSource().queue(this);
    }

    void onReadable() {
        table.waker().onReadable(this);
    }

    void onWritable() {
        table.waker().onWritable(this);
    }

    void onReceived(long newBytes) {
        table.onReceived(newBytes);
    }

    void onConsumed(long bytes) {
        table.onConsumed(bytes);
    }

    void onHalfChanged() {
        if ((send == null || send.isDone()) && (receive == null || receive.isDone())) {
            table.forget(this);
        }
    }

    boolean hasControlFrames() {
        return (send != null && send.hasControlFrames())
                || (receive != null && receive.hasControlFrames());
    }

    long heldBytes() {
        return (send == null ? 0 : send.heldBytes()) + (receive == null ? 0 : receive.heldBytes());
    }
}
