package dev.tern.quic.wire;

/** QUIC versions (RFC 9000 §15, RFC 9369 §3.1). */
public final class Versions {
    /** What a Version Negotiation packet carries in place of a version (RFC 8999 §6). */
    public static final int NEGOTIATION = 0;

    public static final int V1 = 0x0000_0001;
    public static final int V2 = 0x6b33_43cf;

    private Versions() {}

    /** Whether packets of this version have headers that {@link PacketHeader} can read whole. */
    public static boolean isReadable(int version) {
        return version == V1 || version == V2;
    }
}
