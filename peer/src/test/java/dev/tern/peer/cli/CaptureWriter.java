package dev.tern.peer.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Makes capture files, as tcpdump (pcap, Ethernet, IPv4) or tshark (pcapng, raw IPv6) would. */
final class CaptureWriter {
    private CaptureWriter() {}

    static byte[] pcap(List<byte[]> datagrams) {
        ByteBuffer out = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4);
        out.putLong(0).putInt(65535).putInt(1);
        for (byte[] datagram : datagrams) {
            ByteBuffer frame = ethernetIpv4(datagram);
            out.putInt(0).putInt(0).putInt(frame.remaining()).putInt(frame.remaining()).put(frame);
        }
        return written(out);
    }

    private static ByteBuffer ethernetIpv4(byte[] datagram) {
        ByteBuffer out = ByteBuffer.allocate(2048);
        out.put(new byte[12]).putShort((short) 0x0800);
        out.put((byte) 0x45).put((byte) 0).putShort((short) (28 + datagram.length));
        out.putInt(0).put((byte) 64).put((byte) 17).putShort((short) 0);
        out.put(new byte[] {10, 0, 0, 1}).put(new byte[] {10, 0, 0, 2});
        return udp(out, datagram);
    }

    private static ByteBuffer udp(ByteBuffer out, byte[] datagram) {
        out.putShort((short) 5000).putShort((short) 4433);
        out.putShort((short) (8 + datagram.length)).putShort((short) 0).put(datagram);
        return out.flip();
    }

    static byte[] pcapng(List<byte[]> datagrams) {
        ByteBuffer out = ByteBuffer.allocate(1 << 16);
        out.putInt(0x0a0d0d0a).putInt(28).putInt(0x1a2b3c4d).putInt(0x00010000);
        out.putLong(-1).putInt(28);
        out.putInt(1).putInt(20).putShort((short) 101).putShort((short) 0).putInt(0).putInt(20);
        for (byte[] datagram : datagrams) {
            ByteBuffer packet = rawIpv6(datagram);
            int padded = packet.remaining() + 3 & ~3;
            out.putInt(6).putInt(32 + padded).putInt(0).putLong(0);
            out.putInt(packet.remaining()).putInt(packet.remaining());
            int start = out.position();
            out.put(packet).position(start + padded);
            out.putInt(32 + padded);
        }
        return written(out);
    }

    private static ByteBuffer rawIpv6(byte[] datagram) {
        ByteBuffer out = ByteBuffer.allocate(2048);
        out.putInt(0x60000000)
                .putShort((short) (8 + datagram.length))
                .put((byte) 17)
                .put((byte) 64);
        out.put(new byte[15]).put((byte) 1).put(new byte[15]).put((byte) 2);
        return udp(out, datagram);
    }

    private static byte[] written(ByteBuffer out) {
        byte[] bytes = new byte[out.flip().remaining()];
        out.get(bytes);
        return bytes;
    }
}
