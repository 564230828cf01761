package dev.tern.peer.interop.http3;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http3.qpack.QpackDecoder;
import org.eclipse.jetty.http3.qpack.QpackEncoder;
import org.eclipse.jetty.http3.qpack.QpackException;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Field sections as they are on the wire (RFC 9204 §4.5), without a dynamic table: each stands for
 * itself.
 */
final class FieldSections {
    /** Ours have a path and a few words. */
    private static final int MAX_ENCODED_BYTES = 16 * 1024;

    /** Where there is no dynamic table, no stream blocks. */
    private static final long ANY_STREAM = 0;

    private FieldSections() {}

    /**
     * A request to get something.
     *
     * @param path as in a URI, escapes and all
     */
    static byte[] get(String authority, String path) throws IOException {
        HttpURI uri = HttpURI.from("https://" + authority + path);
        return encode(new MetaData.Request(0, "GET", uri, HttpVersion.HTTP_3, HttpFields.EMPTY));
    }

    /** The head of a response with so many bytes. */
    static byte[] response(int status, long contentLength) throws IOException {
        return encode(
                new MetaData.Response(
                        status, null, HttpVersion.HTTP_3, HttpFields.EMPTY, contentLength));
    }

    private static byte[] encode(MetaData fields) throws IOException {
        ByteBuffer section = ByteBuffer.allocate(MAX_ENCODED_BYTES);
        try {
            new QpackEncoder(instructions -> {}).encode(section, ANY_STREAM, fields);
        } catch (QpackException e) {
            throw new IOException(e.getMessage(), e);
        }
        byte[] encoded = new byte[section.flip().remaining()];
        section.get(encoded);
        return encoded;
    }

    static Request decodeRequest(byte[] section) throws Http3Exception {
        if (decode(section) instanceof MetaData.Request request) {
            return new Request(
                    request.getMethod(), path(request.getHttpURI()), request.getContentLength());
        }
        throw new Http3Exception(Http3Error.H3_MESSAGE_ERROR, "fields, but no request");
    }

    private static String path(HttpURI uri) throws Http3Exception {
        try {
            return uri.getPath() == null ? "" : new URI("https://any" + uri.getPath()).getPath();
        } catch (URISyntaxException e) {
            throw new Http3Exception(Http3Error.H3_MESSAGE_ERROR, e.getMessage(), e);
        }
    }

    static Response decodeResponse(byte[] section) throws Http3Exception {
        if (decode(section) instanceof MetaData.Response response) {
            return new Response(response.getStatus(), response.getContentLength());
        }
        throw new Http3Exception(Http3Error.H3_MESSAGE_ERROR, "fields, but no response");
    }

    /** Refuses trailers that are none: they have no pseudo-header fields (RFC 9114 §4.3). */
    static void checkTrailers(byte[] section) throws Http3Exception {
        MetaData fields = decode(section);
        if (fields.isRequest() || fields.isResponse()) {
            throw new Http3Exception(Http3Error.H3_MESSAGE_ERROR, "a head in place of trailers");
        }
    }

    private static MetaData decode(byte[] section) throws Http3Exception {
        AtomicReference<MetaData> decoded = new AtomicReference<>();
        QpackDecoder decoder = new QpackDecoder(instructions -> {});
        decoder.setMaxHeadersSize(Settings.MAX_FIELD_SECTION_BYTES);
        decoder.setBeginNanoTimeSupplier(() -> 0);
        try {
            decoder.decode(
                    ANY_STREAM,
                    ByteBuffer.wrap(section),
                    (stream, fields, wasBlocked) -> decoded.set(fields));
        } catch (QpackException e) {
            throw failed(e);
        }
        if (decoded.get() instanceof MetaData.Failed failure) {
            throw failed(failure.getFailure());
        }
        return decoded.get();
    }

    /** Fields that break the rules of HTTP cost a stream; those that cannot be read, all. */
    private static Http3Exception failed(Throwable why) {
        boolean malformed =
                why instanceof QpackException.StreamException
                        || why instanceof NumberFormatException;
        return new Http3Exception(
                malformed ? Http3Error.H3_MESSAGE_ERROR : Http3Error.QPACK_DECOMPRESSION_FAILED,
                why.getMessage(),
                why);
    }
}
