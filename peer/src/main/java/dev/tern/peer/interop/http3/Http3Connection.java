package dev.tern.peer.interop.http3;

import dev.tern.quic.api.QuicConnection;
import dev.tern.quic.api.QuicException;
import dev.tern.quic.api.QuicStream;
import dev.tern.quic.api.StreamResetException;

import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/** A connection's streams beside those of requests (RFC 9114 §6.2), and its errors. */
final class Http3Connection {
    private static final int CONTROL = 0x00;
    private static final int PUSH = 0x01;
    private static final int QPACK_ENCODER = 0x02;
    private static final int QPACK_DECODER = 0x03;

    private enum Critical {
        CONTROL_STREAM,
        ENCODER_STREAM,
        DECODER_STREAM
    }

    private final QuicConnection connection;
    private final boolean isServer;
    private final Set<Critical> seen = EnumSet.noneOf(Critical.class);

    Http3Connection(QuicConnection connection, boolean isServer) {
        this.connection = connection;
        this.isServer = isServer;
    }

    /** Opens this side's control stream, which stays open; QPACK's are not needed. */
    void open() throws IOException {
        QuicStream control = connection.openUnidirectionalStream();
        byte[] settings = Frames.whole(FrameType.SETTINGS, Settings.encode());
        byte[] start = new byte[settings.length + 1];
        start[0] = CONTROL;
        System.arraycopy(settings, 0, start, 1, settings.length);
        control.write(start);
    }

    /**
     * Accepts streams until the connection is over.
     *
     * @param onRequest gets those of requests
     * @throws QuicException if the end is an error
     */
    void accept(Consumer<QuicStream> onRequest) throws IOException {
        try {
            QuicStream stream;
            while ((stream = connection.acceptStream()) != null) {
                QuicStream accepted = stream;
                if (!accepted.isBidirectional()) {
                    Thread.startVirtualThread(() -> read(accepted));
                } else if (isServer) {
                    onRequest.accept(accepted);
                } else {
                    fail(
                            new Http3Exception(
                                    Http3Error.H3_STREAM_CREATION_ERROR,
                                    "a server opened a request stream"));
                }
            }
        } catch (QuicException e) {
            if (!isOrderly(e)) {
                throw e;
            }
        }
    }

    /** Whether either side only says that it has no more to ask or to answer. */
    static boolean isOrderly(QuicException end) {
        return end.isApplicationError()
                ? end.code() == Http3Error.H3_NO_ERROR.code()
                : end.isRemote() && end.code() == 0;
    }

    /** Ends the connection if the error is one of it. */
    void fail(Http3Exception error) {
        if (error.error().endsConnection()) {
            connection.close(error.error().code(), error.getMessage());
        }
    }

    private void read(QuicStream stream) {
        try {
            read(stream, stream.inputStream());
        } catch (Http3Exception e) {
            fail(e);
        } catch (IOException e) {
            // The connection is over, and its owner hears why from the stream it waits for.
        }
    }

    private void read(QuicStream stream, InputStream in) throws IOException {
        int type = type(in);
        try {
            switch (type) {
                case CONTROL -> {
                    claim(Critical.CONTROL_STREAM);
                    new ControlStream(in, !isServer).read();
                }
                case QPACK_ENCODER -> {
                    claim(Critical.ENCODER_STREAM);
                    // RFC 9204 §3.2.3: not one instruction where there is no table.
                    if (in.read() >= 0) {
                        throw new Http3Exception(
                                Http3Error.QPACK_ENCODER_STREAM_ERROR, "there is no table");
                    }
                }
                case QPACK_DECODER -> {
                    claim(Critical.DECODER_STREAM);
                    new DecoderStream(in).read();
                }
                case PUSH -> {
                    throw new Http3Exception(
                            isServer ? Http3Error.H3_STREAM_CREATION_ERROR : Http3Error.H3_ID_ERROR,
                            "a push that was not allowed");
                }
                default -> {
                    stream.stopSending(Http3Error.H3_STREAM_CREATION_ERROR.code());
                    return;
                }
            }
        } catch (StreamResetException e) {
            // The same as its end.
        }
        throw new Http3Exception(
                Http3Error.H3_CLOSED_CRITICAL_STREAM, "stream of type " + type + " was closed");
    }

    /** -1 for one that this side does not know, or that ends before it says what it is (§6.2). */
    private static int type(InputStream in) throws IOException {
        try {
            long type = FrameReader.readVarint(in);
            return type > QPACK_DECODER ? -1 : (int) type;
        } catch (Http3Exception | StreamResetException e) {
            return -1;
        }
    }

    private synchronized void claim(Critical stream) throws Http3Exception {
        if (!seen.add(stream)) {
            throw new Http3Exception(Http3Error.H3_STREAM_CREATION_ERROR, "another " + stream);
        }
    }
}
