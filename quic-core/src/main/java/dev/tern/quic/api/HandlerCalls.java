package dev.tern.quic.api;

import dev.tern.quic.io.EndpointAgent;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a stream's waiting threads and its handler once of all that a round of the agent brought,
 * and never from within a connection's report: the handler may do everything to the stream. Belongs
 * to the agent's thread.
 */
final class HandlerCalls implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(HandlerCalls.class);

    private static final StreamHandler DEAF = new StreamHandler() {};

    private final QuicStream stream;
    private final EndpointAgent agent;
    private StreamHandler handler = DEAF;
    private boolean scheduled;
    private boolean readable;
    private boolean writable;
    private boolean closed;
    private boolean closedTold;
    private QuicException why;

    HandlerCalls(QuicStream stream, EndpointAgent agent) {
        this.stream = stream;
        this.agent = agent;
    }

    /** What happened before is told to it, too. */
    void set(StreamHandler newHandler) {
        handler = newHandler;
        closedTold = false;
        readable = stream.isReadable();
        writable = stream.isWritable();
        schedule();
    }

    void onReadable() {
        readable = true;
        schedule();
    }

    void onWritable() {
        writable = true;
        schedule();
    }

    void onClosed(QuicException reason) {
        if (!closed) {
            closed = true;
            why = reason;
            schedule();
        }
    }

    private void schedule() {
        if (!scheduled) {
            scheduled = true;
            agent.defer(this);
        }
    }

    @Override
    public void run() {
        scheduled = false;
        try {
            if (readable) {
                readable = false;
                stream.wakeReader();
                handler.onReadable(stream);
            }
            if (writable) {
                writable = false;
                stream.wakeWriter();
                handler.onWritable(stream);
            }
            if (closed && !closedTold) {
                closedTold = true;
                handler.onClosed(stream, why);
            }
        } catch (RuntimeException e) {
            LOG.error("the handler of stream {} failed; the stream is given up", stream.id(), e);
            handler = DEAF;
            stream.giveUp();
        }
    }
}
