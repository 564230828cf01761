package dev.tern.crypto.tls;

import static dev.tern.crypto.tls.HandshakePair.CLIENT;
import static dev.tern.crypto.tls.HandshakePair.WHOLE;
import static dev.tern.crypto.tls.HandshakePair.mutualClient;
import static dev.tern.crypto.tls.HandshakePair.mutualServer;
import static dev.tern.crypto.tls.HandshakePair.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tern.crypto.CipherSuite;
import dev.tern.crypto.EncryptionLevel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HexFormat;
import java.util.List;

/** Which alert answers which fault, where {@link TlsEngineRefusalTest} does not say so already. */
class TlsAlertTest {
    private static final int EXTENSION_HEADER_BYTES = 4;

    private final HandshakePair pair = new HandshakePair();
    private final HandshakeSide client = pair.client;
    private final HandshakeSide server = pair.server;

    private void assertAlert(int alert) {
        assertAlert(alert, () -> HandshakeSide.run(client, server, WHOLE));
    }

    private static void assertAlert(int alert, Runnable action) {
        TlsAlertException thrown = catchThrowableOfType(TlsAlertException.class, action::run);
        assertThat(thrown).isNotNull();
        assertThat(thrown.alert()).as(thrown.getMessage()).isEqualTo(alert);
    }

    /** Replaces the first occurrence of bytes in a message. */
    private static void replace(byte[] message, String hex, String by) {
        HexFormat format = HexFormat.of();
        int at = format.formatHex(message).indexOf(hex);
        assertThat(at).isPositive();
        byte[] bytes = format.parseHex(by);
        System.arraycopy(bytes, 0, message, at / 2, bytes.length);
    }

    @Test
    void shouldFindNoSuiteInCommon() {
        pair.engines(
                mutualClient().with().cipherSuites(CipherSuite.AES_256_GCM_SHA384).build(),
                mutualServer().with().cipherSuites(CipherSuite.AES_128_GCM_SHA256).build());

        assertAlert(TlsAlert.HANDSHAKE_FAILURE);
    }

    @Test
    void shouldFindNoGroupInCommon() {
        pair.engines(
                mutualClient().with().groups(List.of(NamedGroup.X25519)).build(),
                mutualServer().with().groups(List.of(NamedGroup.SECP256R1)).build());

        assertAlert(TlsAlert.HANDSHAKE_FAILURE);
    }

    @Test
    void shouldFindNoSignatureInCommon() {
        Credentials mute =
                new Credentials() {
                    @Override
                    public List<byte[]> certificateChain() {
                        return CLIENT.certificateChain();
                    }

                    @Override
                    public List<SignatureScheme> signatureSchemes() {
                        return List.of();
                    }

                    @Override
                    public byte[] sign(SignatureScheme scheme, byte[] message) {
                        throw new AssertionError();
                    }
                };
        pair.engines(mutualClient(), mutualServer().with().credentials(mute).build());

        assertAlert(TlsAlert.HANDSHAKE_FAILURE);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                TlsAlert.BAD_CERTIFICATE,
                TlsAlert.UNSUPPORTED_CERTIFICATE,
                TlsAlert.CERTIFICATE_EXPIRED,
                TlsAlert.UNKNOWN_CA,
                TlsAlert.ACCESS_DENIED
            })
    void shouldPassOnWhatAVerifierSays(int alert) {
        PeerVerifier strict =
                chain -> {
                    throw new TlsAlertException(alert, "no");
                };
        pair.engines(mutualClient().with().verifier(strict).build(), mutualServer());

        assertAlert(alert);
    }

    @Test
    void shouldSpeakNoOlderTls() {
        pair.setUpMutual();
        client.engine.start();
        replace(client.outgoing.getFirst().bytes(), "002b0003020304", "002b0003020303");

        assertAlert(TlsAlert.PROTOCOL_VERSION, () -> client.deliverTo(server, WHOLE));
    }

    @Test
    void shouldNotFollowAServerToOlderTls() {
        pair.setUpMutual();
        client.engine.start();
        client.deliverTo(server, WHOLE);
        replace(server.outgoing.getFirst().bytes(), "002b00020304", "002b00020303");

        assertAlert(TlsAlert.ILLEGAL_PARAMETER, () -> server.deliverTo(client, WHOLE));
    }

    @Test
    void shouldRefuseAMessageThatDoesNotParse() {
        pair.setUpMutual();
        byte[] stub = {1, 0, 0, 3, 3, 3, 9};

        assertAlert(
                TlsAlert.DECODE_ERROR,
                () -> server.engine.receive(EncryptionLevel.INITIAL, stub, 0, stub.length));
    }

    @Test
    void shouldRefuseAnAnswerToWhatItDidNotAsk() {
        pair.setUpMutual();
        client.engine.start();
        client.deliverTo(server, WHOLE);
        byte[] encryptedExtensions = List.copyOf(server.outgoing).get(1).bytes();
        // ALPN becomes an extension of nobody's.
        replace(encryptedExtensions, "00100007", "7a7a0007");

        assertAlert(TlsAlert.UNSUPPORTED_EXTENSION, () -> server.deliverTo(client, WHOLE));
    }

    @ParameterizedTest
    @CsvSource({"24", "5", "13", "4", "0", "20", "1", "254"})
    void shouldTakeNothingFromAClientAfterTheHandshake(int type) {
        pair.setUpMutual();
        HandshakeSide.run(client, server, WHOLE);

        assertRefused(server, type);
    }

    @ParameterizedTest
    @CsvSource({"24", "5", "13", "0", "20", "2", "8", "254"})
    void shouldTakeNothingButTicketsFromAServerAfterTheHandshake(int type) {
        pair.setUpMutual();
        HandshakeSide.run(client, server, WHOLE);

        assertRefused(client, type);
    }

    private static void assertRefused(HandshakeSide side, int type) {
        byte[] message = {(byte) type, 0, 0, 1, 0};
        assertAlert(
                TlsAlert.UNEXPECTED_MESSAGE,
                () -> side.engine.receive(EncryptionLevel.ONE_RTT, message, 0, message.length));
    }

    @ParameterizedTest
    @CsvSource({"0", "4", "5", "12", "14", "16", "22", "24"})
    void shouldTakeNoMessageOfOtherTimesDuringTheHandshake(int type) {
        pair.setUpMutual();
        client.engine.start();
        byte[] message = {(byte) type, 0, 0, 1, 0};

        assertAlert(
                TlsAlert.UNEXPECTED_MESSAGE,
                () -> client.engine.receive(EncryptionLevel.INITIAL, message, 0, message.length));
    }

    @Test
    void shouldRefuseASecondHelloRetryRequest() {
        pair.setUpMutual();
        pair.useServerWithoutX25519();
        TlsConfig classic = mutualClient().with().groups(NamedGroup.CLASSIC).build();
        client.engine = TlsEngine.client(classic, new byte[0], client);
        client.engine.start();
        client.deliverTo(server, WHOLE);
        byte[] retry = server.outgoing.getFirst().bytes();
        server.deliverTo(client, WHOLE);

        assertAlert(
                TlsAlert.UNEXPECTED_MESSAGE,
                () -> client.engine.receive(EncryptionLevel.INITIAL, retry, 0, retry.length));
    }

    @Test
    void shouldRefuseARetryForAShareThatItSent() {
        pair.setUpMutual();
        pair.useServerWithoutX25519();
        client.engine.start();
        client.deliverTo(server, WHOLE);
        replace(server.outgoing.getFirst().bytes(), "003300020017", "00330002001d");

        assertAlert(TlsAlert.ILLEGAL_PARAMETER, () -> server.deliverTo(client, WHOLE));
    }

    @Test
    void shouldRefuseAnotherCookie() {
        pair.setUpMutual();
        pair.useServerWithoutX25519();
        client.engine.start();
        client.deliverTo(server, WHOLE);
        byte[] retry = server.outgoing.getFirst().bytes();
        int cookie = HexFormat.of().formatHex(retry).indexOf("002c0012") / 2;
        retry[cookie + EXTENSION_HEADER_BYTES + 2] ^= 1;
        server.deliverTo(client, WHOLE);

        assertAlert(TlsAlert.ILLEGAL_PARAMETER, () -> client.deliverTo(server, WHOLE));
    }

    @Test
    void shouldRefuseSuitesThatChangeAfterARetry() {
        pair.setUpMutual();
        pair.useServerWithoutX25519();
        client.engine.start();
        client.deliverTo(server, WHOLE);
        server.deliverTo(client, WHOLE);
        replace(client.outgoing.getFirst().bytes(), "130113021303", "130113031302");

        assertAlert(TlsAlert.ILLEGAL_PARAMETER, () -> client.deliverTo(server, WHOLE));
    }

    @Test
    void shouldRefuseAnAnonymousServer() {
        TlsConfig config = TlsConfig.client(random(), null, chain -> {}, "tern");
        pair.engines(config, mutualServer());
        client.engine.start();
        client.deliverTo(server, WHOLE);
        byte[] empty = {11, 0, 0, 4, 0, 0, 0, 0};
        for (int i = 0; i < 2; i++) {
            HandshakeSide.Flight flight = server.outgoing.poll();
            client.engine.receive(flight.level(), flight.bytes(), 0, flight.bytes().length);
        }

        assertAlert(
                TlsAlert.DECODE_ERROR,
                () -> client.engine.receive(EncryptionLevel.HANDSHAKE, empty, 0, empty.length));
    }
}
