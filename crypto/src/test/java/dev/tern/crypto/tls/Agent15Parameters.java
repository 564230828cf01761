package dev.tern.crypto.tls;

import dev.tern.crypto.EncryptionLevel;

import tech.kwik.agent15.ProtectionKeysType;
import tech.kwik.agent15.TlsConstants;
import tech.kwik.agent15.engine.TlsMessageParser;
import tech.kwik.agent15.extension.Extension;

import java.nio.ByteBuffer;

/** quic_transport_parameters, which agent15 leaves to its user, and the parser that knows it. */
final class Agent15Parameters extends Extension {
    static final TlsMessageParser PARSER = new TlsMessageParser(Agent15Parameters::parse);
    private static final short TYPE = 0x39;

    final byte[] bytes;

    Agent15Parameters(byte[] bytes) {
        this.bytes = bytes;
    }

    private static Extension parse(ByteBuffer in, TlsConstants.HandshakeType message) {
        if (in.getShort(in.position()) != TYPE) {
            return null;
        }
        in.getShort();
        byte[] bytes = new byte[in.getShort()];
        in.get(bytes);
        return new Agent15Parameters(bytes);
    }

    @Override
    public byte[] getBytes() {
        return ByteBuffer.allocate(4 + bytes.length)
                .putShort(TYPE)
                .putShort((short) bytes.length)
                .put(bytes)
                .array();
    }

    static ProtectionKeysType level(EncryptionLevel level) {
        return switch (level) {
            case INITIAL -> ProtectionKeysType.None;
            case HANDSHAKE -> ProtectionKeysType.Handshake;
            case ZERO_RTT, ONE_RTT -> ProtectionKeysType.Application;
        };
    }
}
