package dev.tern.perf.interop;

import dev.tern.perf.interop.io.UdpProxy;
import dev.tern.quic.wire.PacketHeader;
import dev.tern.quic.wire.PacketType;
import dev.tern.quic.wire.Versions;

import java.util.concurrent.atomic.AtomicInteger;

/** Notes what long headers show without a key (RFC 8999 §5.1, RFC 9000 §17.2). */
final class WireWatch implements UdpProxy.Watch {
    private static final int LONG_FORM = 0x80;

    private final PacketHeader header = new PacketHeader();
    private final AtomicInteger retries = new AtomicInteger();
    private final AtomicInteger serverPacketsOfVersion2 = new AtomicInteger();

    @Override
    public void onDatagram(boolean fromServer, byte[] datagram, int length) {
        int offset = 0;
        while (fromServer && offset < length && (datagram[offset] & LONG_FORM) != 0) {
            if (!header.parse(datagram, offset, length - offset, 0)) {
                return;
            }
            if (header.type() == PacketType.RETRY) {
                retries.incrementAndGet();
            }
            if (header.version() == Versions.V2) {
                serverPacketsOfVersion2.incrementAndGet();
            }
            offset += header.packetLength();
        }
    }

    boolean sawRetry() {
        return retries.get() > 0;
    }

    /** Whether the server spoke version 2 (RFC 9369). */
    boolean sawServerSpeakVersion2() {
        return serverPacketsOfVersion2.get() > 0;
    }
}
