package dev.tern.quic.endpoint;

import dev.tern.crypto.KeySchedule;
import dev.tern.crypto.RetryIntegrity;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.RetryPacket;
import dev.tern.quic.wire.Versions;

import java.util.Arrays;

/** Answers a first Initial with a Retry (RFC 9000 §17.2.5, RFC 9001 §5.8). */
final class RetryReply {
    private static final int MAX_HEADER_BYTES = 7 + 2 * ConnectionId.MAX_LENGTH;

    private RetryReply() {}

    static byte[] to(
            int version,
            ConnectionId originalId,
            ConnectionId client,
            ConnectionId newId,
            byte[] token) {
        byte[] buffer = new byte[MAX_HEADER_BYTES + token.length + RetryIntegrity.TAG_BYTES];
        ByteWriter out = new ByteWriter().wrap(buffer, 0, buffer.length);
        RetryPacket.encode(out, version, client, newId, token);
        byte[] original = new byte[originalId.length()];
        originalId.copyTo(original, 0);
        RetryIntegrity.sign(
                version == Versions.V2 ? KeySchedule.V2 : KeySchedule.V1,
                original,
                0,
                original.length,
                buffer,
                0,
                out.position());
        return Arrays.copyOf(buffer, out.position() + RetryIntegrity.TAG_BYTES);
    }
}
