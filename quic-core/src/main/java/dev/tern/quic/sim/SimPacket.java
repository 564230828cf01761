package dev.tern.quic.sim;

import java.net.InetSocketAddress;

/** A UDP datagram on its way. Never changes: an element that alters one forwards another. */
public final class SimPacket {
    private final InetSocketAddress from;
    private final InetSocketAddress to;
    private final byte[] payload;
    private final int ecn;

    /** The packet takes the array over: nobody may change it afterwards. */
    public SimPacket(InetSocketAddress from, InetSocketAddress to, byte[] payload, int ecn) {
        this.from = from;
        this.to = to;
        this.payload = payload;
        this.ecn = ecn;
    }

    public InetSocketAddress from() {
        return from;
    }

    public InetSocketAddress to() {
        return to;
    }

    /** A copy of the bytes. */
    public byte[] payload() {
        return payload.clone();
    }

    public int length() {
        return payload.length;
    }

    public byte byteAt(int index) {
        return payload[index];
    }

    /** The two ECN bits of the IP header. */
    public int ecn() {
        return ecn;
    }

    /** The same packet from another address, as a NAT makes it. */
    public SimPacket withFrom(InetSocketAddress newFrom) {
        return new SimPacket(newFrom, to, payload, ecn);
    }

    /** The same packet to another address, as a NAT makes it. */
    public SimPacket withTo(InetSocketAddress newTo) {
        return new SimPacket(from, newTo, payload, ecn);
    }

    /** The same packet with other ECN bits, as a router marks it. */
    public SimPacket withEcn(int newEcn) {
        return new SimPacket(from, to, payload, newEcn);
    }

    @Override
    public String toString() {
        return from + " -> " + to + ", " + payload.length + " bytes";
    }
}
