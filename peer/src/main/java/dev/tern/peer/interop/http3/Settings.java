package dev.tern.peer.interop.http3;

import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.TransportException;
import dev.tern.quic.wire.VarInt;

import org.agrona.collections.LongHashSet;

/** SETTINGS (RFC 9114 §7.2.4). What the other side sets changes nothing for files. */
final class Settings {
    /** More than every setting that was ever registered needs. */
    static final int MAX_BYTES = 4096;

    /** The longest field section that this side takes, by the measure of RFC 9114 §4.2.2. */
    static final int MAX_FIELD_SECTION_BYTES = 16 * 1024;

    private static final long QPACK_MAX_TABLE_CAPACITY = 0x01;
    private static final long HTTP2_FIRST = 0x02;
    private static final long HTTP2_LAST = 0x05;
    private static final long SETTINGS_MAX_FIELD_SECTION_SIZE = 0x06;
    private static final long QPACK_BLOCKED_STREAMS = 0x07;

    /** One of those that mean nothing, so that no one grows intolerant (§7.2.4.1). */
    private static final long RESERVED = 0x1f * 42 + 0x21;

    private Settings() {}

    /** Ours, as the frame's payload. */
    static byte[] encode() {
        long[] settings = {
            QPACK_MAX_TABLE_CAPACITY,
            0,
            QPACK_BLOCKED_STREAMS,
            0,
            SETTINGS_MAX_FIELD_SECTION_SIZE,
            MAX_FIELD_SECTION_BYTES,
            RESERVED,
            0
        };
        int length = 0;
        for (long each : settings) {
            length += VarInt.size(each);
        }
        ByteWriter out = new ByteWriter().wrap(new byte[length], 0, length);
        for (long each : settings) {
            out.writeVarint(each);
        }
        return out.array();
    }

    /** Refuses what is no list of settings, or breaks its rules. */
    static void check(byte[] payload) throws Http3Exception {
        ByteReader in = new ByteReader().wrap(payload, 0, payload.length);
        LongHashSet seen = new LongHashSet();
        try {
            while (in.hasRemaining()) {
                long identifier = in.readVarint();
                in.readVarint();
                if (identifier >= HTTP2_FIRST && identifier <= HTTP2_LAST) {
                    throw new Http3Exception(
                            Http3Error.H3_SETTINGS_ERROR, "setting " + identifier + " of HTTP/2");
                }
                if (!seen.add(identifier)) {
                    throw new Http3Exception(
                            Http3Error.H3_SETTINGS_ERROR, "setting " + identifier + " comes twice");
                }
            }
        } catch (TransportException e) {
            throw new Http3Exception(Http3Error.H3_FRAME_ERROR, "SETTINGS end inside one", e);
        }
    }
}
