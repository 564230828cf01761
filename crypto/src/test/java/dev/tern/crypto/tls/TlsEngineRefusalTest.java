package dev.tern.crypto.tls;

import static dev.tern.crypto.tls.HandshakePair.CLIENT;
import static dev.tern.crypto.tls.HandshakePair.CLIENT_PARAMETERS;
import static dev.tern.crypto.tls.HandshakePair.SERVER;
import static dev.tern.crypto.tls.HandshakePair.SERVER_PARAMETERS;
import static dev.tern.crypto.tls.HandshakePair.STRANGER;
import static dev.tern.crypto.tls.HandshakePair.WHOLE;
import static dev.tern.crypto.tls.HandshakePair.mutualClient;
import static dev.tern.crypto.tls.HandshakePair.mutualServer;
import static dev.tern.crypto.tls.HandshakePair.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.crypto.PacketProtector;
import dev.tern.crypto.identity.PeerVerifiers;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

/** Each way in which a handshake must fail, and by which alert. */
class TlsEngineRefusalTest {
    private static final byte[] KEY_UPDATE = {24, 0, 0, 1, 0};

    private final HandshakePair pair = new HandshakePair();
    private final HandshakeSide client = pair.client;
    private final HandshakeSide server = pair.server;

    @Test
    void shouldRefuseAClientHelloThatChangedAfterHelloRetryRequest() {
        pair.setUpMutual();
        pair.useServerWithoutX25519();
        client.engine.start();
        client.deliverTo(server, WHOLE);
        server.deliverTo(client, WHOLE);

        byte[] hello = client.outgoing.getFirst().bytes();
        // The first byte of the transport parameters, {4, 1, 9} with their extension's header.
        hello[indexOf(hello, new byte[] {0, 0x39, 0, 3, 4, 1, 9}) + 4] = 6;

        assertAlert(TlsAlert.ILLEGAL_PARAMETER, () -> client.deliverTo(server, WHOLE));
    }

    @Test
    void shouldRefuseALegacySessionId() {
        pair.setUpMutual();
        client.engine.start();
        byte[] hello = client.outgoing.getFirst().bytes();
        byte[] longer = new byte[hello.length + 1];
        System.arraycopy(hello, 0, longer, 0, 39);
        System.arraycopy(hello, 39, longer, 40, hello.length - 39);
        longer[38] = 1;
        longer[2] = (byte) ((longer.length - 4) >>> 8);
        longer[3] = (byte) (longer.length - 4);

        assertAlert(
                TlsAlert.ILLEGAL_PARAMETER,
                () -> server.engine.receive(EncryptionLevel.INITIAL, longer, 0, longer.length));
    }

    @Test
    void shouldRefuseAnotherServer() {
        pair.engines(
                TlsConfig.client(
                        random(), CLIENT, PeerVerifiers.exactly(STRANGER.peerId()), "tern"),
                mutualServer());

        assertAlert(TlsAlert.ACCESS_DENIED, () -> HandshakeSide.run(client, server, WHOLE));
        assertThat(client.engine.isComplete()).isFalse();
        assertThat(client.send).doesNotContainKey(EncryptionLevel.ONE_RTT);
    }

    @Test
    void shouldRefuseAnotherClient() {
        pair.engines(
                TlsConfig.client(
                        random(), STRANGER, PeerVerifiers.exactly(SERVER.peerId()), "tern"),
                mutualServer());

        assertAlert(TlsAlert.ACCESS_DENIED, () -> HandshakeSide.run(client, server, WHOLE));
        assertThat(server.engine.isComplete()).isFalse();
    }

    @Test
    void shouldRefuseAClientWithoutCertificate() {
        pair.engines(
                TlsConfig.client(random(), null, PeerVerifiers.exactly(SERVER.peerId()), "tern"),
                mutualServer());

        assertAlert(TlsAlert.CERTIFICATE_REQUIRED, () -> HandshakeSide.run(client, server, WHOLE));
    }

    @Test
    void shouldRefuseACertificateWhoseKeyThePeerDoesNotHave() {
        pair.setUpMutual();
        client.engine.start();
        client.deliverTo(server, WHOLE);
        List<HandshakeSide.Flight> flights = List.copyOf(server.outgoing);
        byte[] certificateVerify = flights.get(4).bytes();
        certificateVerify[certificateVerify.length - 1] ^= 1;

        assertAlert(TlsAlert.DECRYPT_ERROR, () -> server.deliverTo(client, WHOLE));
    }

    @Test
    void shouldRefuseAGarbledFinished() {
        pair.setUpMutual();
        client.engine.start();
        client.deliverTo(server, WHOLE);
        server.deliverTo(client, WHOLE);
        client.outgoing.getLast().bytes()[10] ^= 1;

        assertAlert(TlsAlert.DECRYPT_ERROR, () -> client.deliverTo(server, WHOLE));
        assertThat(server.engine.isComplete()).isFalse();
    }

    @Test
    void shouldRefuseAClientThatSkipsCertificateVerify() {
        pair.setUpMutual();
        client.engine.start();
        client.deliverTo(server, WHOLE);
        server.deliverTo(client, WHOLE);
        HandshakeSide.Flight certificate = client.outgoing.poll();
        client.outgoing.poll();
        client.outgoing.addFirst(certificate);

        assertAlert(TlsAlert.UNEXPECTED_MESSAGE, () -> client.deliverTo(server, WHOLE));
    }

    @Test
    void shouldRefuseAProtocolThatItDoesNotSpeak() {
        pair.engines(
                TlsConfig.client(random(), CLIENT, PeerVerifiers.anyPeer(), "other"),
                mutualServer());

        assertAlert(
                TlsAlert.NO_APPLICATION_PROTOCOL, () -> HandshakeSide.run(client, server, WHOLE));
    }

    @Test
    void shouldRefuseAPeerWithoutTransportParameters() {
        pair.setUpMutual();
        client.engine.start();
        byte[] hello = client.outgoing.getFirst().bytes();
        int extension = indexOf(hello, new byte[] {0, 0x39, 0, 3, 4, 1, 9});
        hello[extension] = 0x7a;

        assertAlert(TlsAlert.MISSING_EXTENSION, () -> client.deliverTo(server, WHOLE));
    }

    @Test
    void shouldRefuseKeyUpdate() {
        pair.setUpMutual();
        HandshakeSide.run(client, server, WHOLE);

        assertAlert(
                TlsAlert.UNEXPECTED_MESSAGE,
                () ->
                        client.engine.receive(
                                EncryptionLevel.ONE_RTT, KEY_UPDATE, 0, KEY_UPDATE.length));
    }

    @Test
    void shouldRefuseBytesAtALevelThatIsNotBeingRead() {
        pair.setUpMutual();

        assertAlert(
                TlsAlert.UNEXPECTED_MESSAGE,
                () -> server.engine.receive(EncryptionLevel.HANDSHAKE, new byte[1], 0, 1));
    }

    @Test
    void shouldRefuseBytesBehindTheLastMessageOfALevel() {
        pair.setUpMutual();
        client.engine.start();
        byte[] hello = client.outgoing.getFirst().bytes();
        byte[] longer = Arrays.copyOf(hello, hello.length + 1);

        assertAlert(
                TlsAlert.UNEXPECTED_MESSAGE,
                () -> server.engine.receive(EncryptionLevel.INITIAL, longer, 0, longer.length));
    }

    @Test
    void shouldBoundTheBytesOfAnUnfinishedMessage() {
        pair.setUpMutual();
        byte[] endless = new byte[MessageBuffer.MAX_PENDING_BYTES];
        endless[0] = 1;
        endless[1] = (byte) 0xff;
        server.engine.receive(EncryptionLevel.INITIAL, endless, 0, endless.length);

        assertAlert(
                TlsAlert.ILLEGAL_PARAMETER,
                () -> server.engine.receive(EncryptionLevel.INITIAL, endless, 0, 1));
    }

    @Test
    void shouldStayFailed() {
        pair.setUpMutual();
        Runnable garbage =
                () ->
                        server.engine.receive(
                                EncryptionLevel.INITIAL, new byte[] {99, 0, 0, 0}, 0, 4);
        assertAlert(TlsAlert.UNEXPECTED_MESSAGE, garbage);
        client.engine.start();

        assertAlert(TlsAlert.UNEXPECTED_MESSAGE, () -> client.deliverTo(server, WHOLE));
    }

    @Test
    void shouldLetThroughWhatAnEventThrows() {
        IllegalStateException refusal = new IllegalStateException("bad parameters");
        HandshakeSide strict = new HandshakeSide();
        TlsEvents events =
                new TlsEvents() {
                    @Override
                    public void onHandshakeBytes(EncryptionLevel level, byte[] bytes) {}

                    @Override
                    public void onKeys(
                            EncryptionLevel level, PacketProtector send, PacketProtector receive) {}

                    @Override
                    public void onPeerTransportParameters(byte[] parameters) {
                        throw refusal;
                    }

                    @Override
                    public void onHandshakeComplete() {}
                };
        client.engine = TlsEngine.client(mutualClient(), CLIENT_PARAMETERS, client);
        strict.engine = TlsEngine.server(mutualServer(), SERVER_PARAMETERS, events);
        client.engine.start();

        assertThatThrownBy(() -> client.deliverTo(strict, WHOLE)).isSameAs(refusal);
    }

    /** Any byte of any message changed: the handshake fails by an alert, or it did not matter. */
    @Property(tries = 200)
    void shouldThrowNothingButAlertsForDamagedMessages(
            @ForAll @IntRange(max = 8) int damagedMessage,
            @ForAll @IntRange(max = 1 << 16) int position,
            @ForAll @IntRange(min = 1, max = 255) int damage) {
        HandshakeSide dialler = new HandshakeSide();
        HandshakeSide acceptor = new HandshakeSide();
        dialler.engine = TlsEngine.client(mutualClient(), CLIENT_PARAMETERS, dialler);
        acceptor.engine = TlsEngine.server(mutualServer(), SERVER_PARAMETERS, acceptor);
        dialler.engine.start();
        int messages = 0;
        try {
            while (!dialler.outgoing.isEmpty() || !acceptor.outgoing.isEmpty()) {
                HandshakeSide from = dialler.outgoing.isEmpty() ? acceptor : dialler;
                HandshakeSide to = from == dialler ? acceptor : dialler;
                HandshakeSide.Flight flight = from.outgoing.poll();
                byte[] bytes = flight.bytes();
                if (messages++ == damagedMessage) {
                    bytes[position % bytes.length] ^= (byte) damage;
                }
                to.engine.receive(flight.level(), bytes, 0, bytes.length);
            }
        } catch (TlsAlertException e) {
            assertThat(e.alert()).isBetween(1, 255);
        }
        assertThat(dialler.engine.isComplete() && acceptor.engine.isComplete()).isFalse();
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i + part.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new AssertionError("not found");
    }

    private static void assertAlert(int alert, Runnable action) {
        TlsAlertException thrown = catchThrowableOfType(TlsAlertException.class, action::run);
        assertThat(thrown).isNotNull();
        assertThat(thrown.alert()).as(thrown.getMessage()).isEqualTo(alert);
    }
}
