package dev.tern.quic.stream;

/**
 * How application threads and the agent tell each other that there is something to do. Calls may be
 * spurious; none is missing. In a single-threaded program {@link #onStreamWritten} may call {@link
 * StreamTable#onWritten} directly.
 */
public interface StreamWaker {
    /**
     * Application to agent: pass this stream to {@link StreamTable#onWritten} on the agent's
     * thread. Called once until the agent has done so.
     */
    void onStreamWritten(Stream stream);

    /** Agent to application: there are bytes, the end or a reset to read. */
    void onReadable(Stream stream);

    /** Agent to application: there is room to write, or the peer wants no more, or has it all. */
    void onWritable(Stream stream);

    /** Agent to application: the peer opened this stream. */
    default void onOpened(Stream stream) {}

    /** Agent to application: both halves are done with, the table has forgotten the stream. */
    default void onDone(Stream stream) {}

    /** Agent to application: {@link StreamTable#open} may succeed again. */
    default void onOpenAllowed(boolean bidirectional) {}
}
