package dev.tern.peer.inspect;

/**
 * A packet in the clear, in a buffer of its own.
 *
 * @param bytes from its first byte on
 * @param packetNumberLength bytes of its encoding
 * @param unprotected whether protection was taken off, or it never had any
 */
record OpenedPacket(
        byte[] bytes,
        int packetNumberLength,
        long packetNumber,
        int payloadOffset,
        int payloadLength,
        boolean unprotected) {}
