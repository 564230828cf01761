package dev.tern.peer.interop.http3;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.HexFormat;

/** Streams to read from, and frames that nobody of ours would write. */
final class Bytes {
    private Bytes() {}

    static InputStream hex(String hex) {
        return in(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    static InputStream in(byte[]... parts) {
        return new ByteArrayInputStream(joined(parts));
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] each : parts) {
            all.writeBytes(each);
        }
        return all.toByteArray();
    }
}
