package dev.tern.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.crypto.aead.Aead;
import dev.tern.crypto.aead.AeadAlgorithm;
import dev.tern.crypto.aead.AeadProvider;
import dev.tern.crypto.aead.AeadProviders;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;

/** RFC 9001 appendix A and RFC 9369 appendix A, through every provider there is. */
class RfcVectorsTest {
    private static final CipherSuite AES = CipherSuite.AES_128_GCM_SHA256;
    private static final CipherSuite CHACHA = CipherSuite.CHACHA20_POLY1305_SHA256;
    private static final byte[] DCID = hex(RfcVectors.DCID);

    static Stream<Arguments> vectorsAndProviders() {
        return Arrays.stream(RfcVectors.values())
                .flatMap(
                        vectors ->
                                AeadProviders.usable().stream()
                                        .map(provider -> Arguments.of(vectors, provider)));
    }

    @ParameterizedTest
    @EnumSource
    void shouldDeriveTheInitialKeysOfAppendixA1(RfcVectors vectors) {
        KeySchedule schedule = vectors.schedule;
        byte[] initial = schedule.initialSecret(DCID);
        byte[] client = Hkdf.expandLabel(initial, "client in", 32);
        byte[] server = Hkdf.expandLabel(initial, "server in", 32);

        assertHex(client, vectors.clientSecret);
        assertHex(schedule.key(AES, client), vectors.clientKey);
        assertHex(schedule.iv(AES, client), vectors.clientIv);
        assertHex(schedule.headerKey(AES, client), vectors.clientHeaderKey);
        assertHex(server, vectors.serverSecret);
        assertHex(schedule.key(AES, server), vectors.serverKey);
        assertHex(schedule.iv(AES, server), vectors.serverIv);
        assertHex(schedule.headerKey(AES, server), vectors.serverHeaderKey);
    }

    @ParameterizedTest
    @MethodSource("vectorsAndProviders")
    void shouldProtectTheClientInitialOfAppendixA2(RfcVectors vectors, AeadProvider provider) {
        PacketProtector protector = protector(vectors, AES, vectors.clientSecret, provider);

        byte[] packet = protect(protector, vectors.clientHeader, 4, 2, clientPayload());

        assertHex(packet, vectors.clientPacket);
    }

    @ParameterizedTest
    @MethodSource("vectorsAndProviders")
    void shouldUnprotectTheClientInitialOfAppendixA2(RfcVectors vectors, AeadProvider provider) {
        PacketProtector protector = protector(vectors, AES, vectors.clientSecret, provider);

        assertUnprotects(
                protector,
                vectors.clientPacket,
                vectors.clientHeader,
                4,
                2,
                HexFormat.of().formatHex(clientPayload()));
    }

    @ParameterizedTest
    @MethodSource("vectorsAndProviders")
    void shouldProtectTheServerInitialOfAppendixA3(RfcVectors vectors, AeadProvider provider) {
        PacketProtector protector = protector(vectors, AES, vectors.serverSecret, provider);

        byte[] packet =
                protect(protector, vectors.serverHeader, 2, 1, hex(RfcVectors.SERVER_PAYLOAD));

        assertHex(packet, vectors.serverPacket);
    }

    @ParameterizedTest
    @MethodSource("vectorsAndProviders")
    void shouldUnprotectTheServerInitialOfAppendixA3(RfcVectors vectors, AeadProvider provider) {
        PacketProtector protector = protector(vectors, AES, vectors.serverSecret, provider);

        assertUnprotects(
                protector,
                vectors.serverPacket,
                vectors.serverHeader,
                2,
                1,
                RfcVectors.SERVER_PAYLOAD);
    }

    @ParameterizedTest
    @MethodSource("vectorsAndProviders")
    void shouldGiveTheRetryTagOfAppendixA4(RfcVectors vectors, AeadProvider provider) {
        byte[] retry = hex(vectors.retryPacket);
        int unsigned = retry.length - RetryIntegrity.TAG_BYTES;
        byte[] pseudo = new byte[1 + DCID.length + retry.length];
        pseudo[0] = (byte) DCID.length;
        System.arraycopy(DCID, 0, pseudo, 1, DCID.length);
        System.arraycopy(retry, 0, pseudo, 1 + DCID.length, unsigned);
        Aead aead =
                provider.aead(
                        AeadAlgorithm.AES_128_GCM,
                        vectors.schedule.retryKey(),
                        vectors.schedule.retryNonce());

        aead.seal(0, 0, pseudo, 0, 1 + DCID.length + unsigned, 0);

        assertThat(Arrays.copyOfRange(pseudo, 1 + DCID.length, pseudo.length)).isEqualTo(retry);
    }

    @ParameterizedTest
    @EnumSource
    void shouldSignTheRetryOfAppendixA4(RfcVectors vectors) {
        byte[] retry = hex(vectors.retryPacket);
        int unsignedLength = retry.length - RetryIntegrity.TAG_BYTES;
        byte[] signed = Arrays.copyOf(Arrays.copyOf(retry, unsignedLength), retry.length);

        RetryIntegrity.sign(vectors.schedule, DCID, 0, DCID.length, signed, 0, unsignedLength);

        assertThat(signed).isEqualTo(retry);
        assertThat(verifies(vectors, retry, retry.length)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseRetryWithAnyOtherByte(RfcVectors vectors) {
        for (int i = 0; i < vectors.retryPacket.length() / 2; i++) {
            byte[] retry = hex(vectors.retryPacket);
            retry[i] ^= 1;
            assertThat(verifies(vectors, retry, retry.length)).isFalse();
        }
        assertThat(verifies(vectors, hex(vectors.retryPacket), 15)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseRetryForAnotherConnectionId(RfcVectors vectors) {
        byte[] retry = hex(vectors.retryPacket);

        assertThat(
                        RetryIntegrity.verify(
                                vectors.schedule, DCID, 1, DCID.length - 1, retry, 0, retry.length))
                .isFalse();
    }

    private static boolean verifies(RfcVectors vectors, byte[] retry, int length) {
        return RetryIntegrity.verify(vectors.schedule, DCID, 0, DCID.length, retry, 0, length);
    }

    @ParameterizedTest
    @EnumSource
    void shouldDeriveTheChaChaKeysOfAppendixA5(RfcVectors vectors) {
        KeySchedule schedule = vectors.schedule;
        byte[] secret = hex(RfcVectors.CHACHA_SECRET);

        assertHex(schedule.key(CHACHA, secret), vectors.chaChaKey);
        assertHex(schedule.iv(CHACHA, secret), vectors.chaChaIv);
        assertHex(schedule.headerKey(CHACHA, secret), vectors.chaChaHeaderKey);
        assertHex(schedule.nextSecret(CHACHA, secret), vectors.chaChaNextSecret);
    }

    @ParameterizedTest
    @MethodSource("vectorsAndProviders")
    void shouldProtectTheShortPacketOfAppendixA5(RfcVectors vectors, AeadProvider given) {
        AeadProvider provider =
                given.supports(CHACHA.aead())
                        ? given
                        : AeadProviders.choice(CHACHA.aead()).provider();
        PacketProtector protector = protector(vectors, CHACHA, RfcVectors.CHACHA_SECRET, provider);

        assertHex(
                protect(
                        protector,
                        RfcVectors.CHACHA_HEADER,
                        3,
                        RfcVectors.CHACHA_PACKET_NUMBER,
                        hex(RfcVectors.CHACHA_PAYLOAD)),
                vectors.chaChaPacket);
        assertUnprotects(
                protector,
                vectors.chaChaPacket,
                RfcVectors.CHACHA_HEADER,
                3,
                RfcVectors.CHACHA_PACKET_NUMBER,
                RfcVectors.CHACHA_PAYLOAD);
    }

    @ParameterizedTest
    @EnumSource
    void shouldMakeInitialKeysFromAConnectionIdInABuffer(RfcVectors vectors) {
        byte[] packet = hex(vectors.clientPacket);
        InitialKeys keys = InitialKeys.of(vectors.schedule, packet, 6, DCID.length);

        assertHex(
                protect(keys.client(), vectors.clientHeader, 4, 2, clientPayload()),
                vectors.clientPacket);
        assertUnprotects(
                keys.server(),
                vectors.serverPacket,
                vectors.serverHeader,
                2,
                1,
                RfcVectors.SERVER_PAYLOAD);
    }

    private static byte[] clientPayload() {
        return Arrays.copyOf(hex(RfcVectors.CLIENT_CRYPTO_FRAME), RfcVectors.CLIENT_PAYLOAD_BYTES);
    }

    private static PacketProtector protector(
            RfcVectors vectors, CipherSuite suite, String secret, AeadProvider provider) {
        return PacketProtector.fromSecret(suite, vectors.schedule, hex(secret), provider);
    }

    private static byte[] protect(
            PacketProtector protector,
            String headerHex,
            int pnLength,
            long packetNumber,
            byte[] payload) {
        byte[] header = hex(headerHex);
        byte[] packet =
                Arrays.copyOf(header, header.length + payload.length + PacketProtector.TAG_BYTES);
        System.arraycopy(payload, 0, packet, header.length, payload.length);
        protector.seal(0, packetNumber, packet, 0, header.length, payload.length);
        protector.protectHeader(packet, 0, header.length - pnLength, pnLength);
        return packet;
    }

    private static void assertUnprotects(
            PacketProtector protector,
            String packetHex,
            String headerHex,
            int pnLength,
            long packetNumber,
            String payloadHex) {
        byte[] packet = hex(packetHex);
        int headerLength = headerHex.length() / 2;

        assertThat(protector.unprotectHeader(packet, 0, headerLength - pnLength))
                .isEqualTo(pnLength);
        int length =
                protector.open(
                        0, packetNumber, packet, 0, headerLength, packet.length - headerLength);

        assertHex(Arrays.copyOf(packet, headerLength + length), headerHex + payloadHex);
    }

    private static void assertHex(byte[] actual, String expected) {
        assertThat(HexFormat.of().formatHex(actual)).isEqualTo(expected);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
