package dev.tern.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.bouncycastle.tls.NamedGroup;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

class TlsEngineTest {
    private static final int WHOLE = Integer.MAX_VALUE;
    private static final byte[] CLIENT_PARAMETERS = {4, 1, 9};
    private static final byte[] SERVER_PARAMETERS = {5, 1, 8, 7};
    private static final byte[] KEY_UPDATE = {24, 0, 0, 1, 0};
    private static final PeerIdentity CLIENT = PeerIdentity.generate(new SeededRandom(1));
    private static final PeerIdentity SERVER = PeerIdentity.generate(new SeededRandom(2));
    private static final PeerIdentity STRANGER = PeerIdentity.generate(new SeededRandom(3));

    private final HandshakeSide client = new HandshakeSide();
    private final HandshakeSide server = new HandshakeSide();

    @Test
    void shouldCompleteWithBothIdentitiesVerified() {
        setUpMutual();

        HandshakeSide.run(client, server, WHOLE);

        assertComplete();
        assertThat(client.engine.peerCertificates()).containsExactly(SERVER.certificate());
        assertThat(server.engine.peerCertificates()).containsExactly(CLIENT.certificate());
        assertThat(PeerId.ofCertificate(server.engine.peerCertificates().getFirst()))
                .isEqualTo(CLIENT.peerId());
    }

    @Test
    void shouldCompleteWithAnAnonymousClient() {
        engines(
                TlsConfig.client(random(), null, PeerVerifiers.exactly(SERVER.peerId()), "tern"),
                TlsConfig.server(random(), SERVER, "tern"));

        HandshakeSide.run(client, server, WHOLE);

        assertComplete();
        assertThat(server.engine.peerCertificates()).isEmpty();
    }

    @Test
    void shouldCompleteInPiecesOfOneByte() {
        setUpMutual();

        HandshakeSide.run(client, server, 1);

        assertComplete();
    }

    @Test
    void shouldCompleteAfterHelloRetryRequest() {
        setUpMutual();
        useServerWithoutX25519();

        HandshakeSide.run(client, server, WHOLE);

        assertComplete();
        assertThat(client.log).filteredOn(line -> line.startsWith("INITIAL 01")).hasSize(2);
        assertThat(server.log).filteredOn(line -> line.equals("parameters")).hasSize(1);
    }

    @Test
    void shouldRefuseAClientHelloThatChangedAfterHelloRetryRequest() {
        setUpMutual();
        useServerWithoutX25519();
        client.engine.start();
        client.deliverTo(server, WHOLE);
        server.deliverTo(client, WHOLE);

        byte[] hello = client.outgoing.getFirst().bytes();
        // The first byte of the transport parameters, {4, 1, 9} with their extension's header.
        hello[indexOf(hello, new byte[] {0, 0x39, 0, 3, 4, 1, 9}) + 4] = 6;

        assertAlert(TlsAlert.ILLEGAL_PARAMETER, () -> client.deliverTo(server, WHOLE));
    }

    private void useServerWithoutX25519() {
        List<Integer> groups = List.of(NamedGroup.secp256r1);
        Handshake handshake =
                new Handshake(mutualServer(), SERVER_PARAMETERS, server, true, groups);
        server.engine = new TlsEngine(handshake, new ServerMachine(handshake));
        server.engine.start();
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i + part.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new AssertionError("not found");
    }

    @Test
    void shouldReportEventsInTheOrderThatIsPromised() {
        setUpMutual();

        HandshakeSide.run(client, server, WHOLE);

        assertThat(kinds(client))
                .containsExactly(
                        "INITIAL",
                        "HANDSHAKE keys",
                        "parameters",
                        "HANDSHAKE",
                        "HANDSHAKE",
                        "HANDSHAKE",
                        "ONE_RTT keys",
                        "complete");
        assertThat(kinds(server))
                .containsExactly(
                        "parameters",
                        "INITIAL",
                        "HANDSHAKE keys",
                        "HANDSHAKE",
                        "HANDSHAKE",
                        "HANDSHAKE",
                        "HANDSHAKE",
                        "HANDSHAKE",
                        "ONE_RTT keys",
                        "complete");
    }

    private static List<String> kinds(HandshakeSide side) {
        return side.log.stream().map(line -> line.replaceFirst(" [0-9a-f]+$", "")).toList();
    }

    @Test
    void shouldLeaveLegacySessionIdEmpty() {
        setUpMutual();
        client.engine.start();

        byte[] hello = client.outgoing.getFirst().bytes();

        assertThat(hello[4 + 2 + 32]).isZero();
    }

    @Test
    void shouldRefuseALegacySessionId() {
        setUpMutual();
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
    void shouldMakeTheSameBytesFromTheSameSeed() {
        setUpMutual();
        HandshakeSide.run(client, server, WHOLE);
        HandshakeSide secondClient = new HandshakeSide();
        HandshakeSide secondServer = new HandshakeSide();
        secondClient.engine = TlsEngine.client(mutualClient(), CLIENT_PARAMETERS, secondClient);
        secondServer.engine = TlsEngine.server(mutualServer(), SERVER_PARAMETERS, secondServer);
        HandshakeSide.run(secondClient, secondServer, WHOLE);

        assertThat(secondClient.log).isEqualTo(client.log);
        assertThat(secondServer.log).isEqualTo(server.log);
    }

    @Test
    void shouldRefuseAnotherServer() {
        engines(
                TlsConfig.client(
                        random(), CLIENT, PeerVerifiers.exactly(STRANGER.peerId()), "tern"),
                mutualServer());

        assertAlert(TlsAlert.ACCESS_DENIED, () -> HandshakeSide.run(client, server, WHOLE));
        assertThat(client.engine.isComplete()).isFalse();
        assertThat(client.send).doesNotContainKey(EncryptionLevel.ONE_RTT);
    }

    @Test
    void shouldRefuseAnotherClient() {
        engines(
                TlsConfig.client(
                        random(), STRANGER, PeerVerifiers.exactly(SERVER.peerId()), "tern"),
                mutualServer());

        assertAlert(TlsAlert.ACCESS_DENIED, () -> HandshakeSide.run(client, server, WHOLE));
        assertThat(server.engine.isComplete()).isFalse();
    }

    @Test
    void shouldRefuseAClientWithoutCertificate() {
        engines(
                TlsConfig.client(random(), null, PeerVerifiers.exactly(SERVER.peerId()), "tern"),
                mutualServer());

        assertAlert(TlsAlert.CERTIFICATE_REQUIRED, () -> HandshakeSide.run(client, server, WHOLE));
    }

    @Test
    void shouldRefuseACertificateWhoseKeyThePeerDoesNotHave() {
        setUpMutual();
        client.engine.start();
        client.deliverTo(server, WHOLE);
        List<HandshakeSide.Flight> flights = List.copyOf(server.outgoing);
        byte[] certificateVerify = flights.get(4).bytes();
        certificateVerify[certificateVerify.length - 1] ^= 1;

        assertAlert(TlsAlert.DECRYPT_ERROR, () -> server.deliverTo(client, WHOLE));
    }

    @Test
    void shouldRefuseAGarbledFinished() {
        setUpMutual();
        client.engine.start();
        client.deliverTo(server, WHOLE);
        server.deliverTo(client, WHOLE);
        client.outgoing.getLast().bytes()[10] ^= 1;

        assertAlert(TlsAlert.DECRYPT_ERROR, () -> client.deliverTo(server, WHOLE));
        assertThat(server.engine.isComplete()).isFalse();
    }

    @Test
    void shouldRefuseAClientThatSkipsCertificateVerify() {
        setUpMutual();
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
        engines(
                TlsConfig.client(random(), CLIENT, PeerVerifiers.anyPeer(), "other"),
                mutualServer());

        assertAlert(
                TlsAlert.NO_APPLICATION_PROTOCOL, () -> HandshakeSide.run(client, server, WHOLE));
    }

    @Test
    void shouldChooseTheServersBestCommonProtocol() {
        engines(
                TlsConfig.client(random(), CLIENT, PeerVerifiers.anyPeer(), "a", "b", "c"),
                TlsConfig.server(random(), SERVER, "x", "c", "b"));

        HandshakeSide.run(client, server, WHOLE);

        assertThat(client.engine.applicationProtocol()).isEqualTo("c");
        assertThat(server.engine.applicationProtocol()).isEqualTo("c");
    }

    @Test
    void shouldRefuseAPeerWithoutTransportParameters() {
        setUpMutual();
        client.engine.start();
        byte[] hello = client.outgoing.getFirst().bytes();
        int extension = indexOf(hello, new byte[] {0, 0x39, 0, 3, 4, 1, 9});
        hello[extension] = 0x7a;

        assertAlert(TlsAlert.MISSING_EXTENSION, () -> client.deliverTo(server, WHOLE));
    }

    @Test
    void shouldRefuseKeyUpdate() {
        setUpMutual();
        HandshakeSide.run(client, server, WHOLE);

        assertAlert(
                TlsAlert.UNEXPECTED_MESSAGE,
                () ->
                        client.engine.receive(
                                EncryptionLevel.ONE_RTT, KEY_UPDATE, 0, KEY_UPDATE.length));
    }

    @Test
    void shouldIgnoreNewSessionTickets() {
        setUpMutual();
        HandshakeSide.run(client, server, WHOLE);
        byte[] ticket = {4, 0, 0, 18, 0, 0, 14, 16, 1, 2, 3, 4, 1, 9, 0, 4, 1, 2, 3, 4, 0, 0};

        client.engine.receive(EncryptionLevel.ONE_RTT, ticket, 0, ticket.length);

        assertThat(client.engine.isComplete()).isTrue();
    }

    @Test
    void shouldRefuseBytesAtALevelThatIsNotBeingRead() {
        setUpMutual();

        assertAlert(
                TlsAlert.UNEXPECTED_MESSAGE,
                () -> server.engine.receive(EncryptionLevel.HANDSHAKE, new byte[1], 0, 1));
    }

    @Test
    void shouldRefuseBytesBehindTheLastMessageOfALevel() {
        setUpMutual();
        client.engine.start();
        byte[] hello = client.outgoing.getFirst().bytes();
        byte[] longer = Arrays.copyOf(hello, hello.length + 1);

        assertAlert(
                TlsAlert.UNEXPECTED_MESSAGE,
                () -> server.engine.receive(EncryptionLevel.INITIAL, longer, 0, longer.length));
    }

    @Test
    void shouldBoundTheBytesOfAnUnfinishedMessage() {
        setUpMutual();
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
        setUpMutual();
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

    @Test
    void shouldExportTheSameSecretAtBothEnds() {
        setUpMutual();
        HandshakeSide.run(client, server, WHOLE);
        byte[] context = {7};

        byte[] exported = client.engine.exportKeyingMaterial("EXPORTER-tern", context, 40);

        assertThat(exported)
                .hasSize(40)
                .isEqualTo(server.engine.exportKeyingMaterial("EXPORTER-tern", context, 40));
        assertThat(client.engine.exportKeyingMaterial("EXPORTER-other", context, 40))
                .isNotEqualTo(exported);
        assertThat(client.engine.exportKeyingMaterial("EXPORTER-tern", new byte[0], 40))
                .isNotEqualTo(exported);
    }

    @Test
    void shouldExportNothingBeforeTheEnd() {
        setUpMutual();

        assertThatThrownBy(() -> client.engine.exportKeyingMaterial("x", new byte[0], 32))
                .isInstanceOf(IllegalStateException.class);
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

    private void setUpMutual() {
        engines(mutualClient(), mutualServer());
    }

    private void engines(TlsConfig clientConfig, TlsConfig serverConfig) {
        client.engine = TlsEngine.client(clientConfig, CLIENT_PARAMETERS, client);
        server.engine = TlsEngine.server(serverConfig, SERVER_PARAMETERS, server);
    }

    private static TlsConfig mutualClient() {
        return TlsConfig.client(random(), CLIENT, PeerVerifiers.exactly(SERVER.peerId()), "tern");
    }

    private static TlsConfig mutualServer() {
        return TlsConfig.mutualServer(
                random(), SERVER, PeerVerifiers.exactly(CLIENT.peerId()), "tern");
    }

    private static SeededRandom random() {
        return new SeededRandom(42);
    }

    private void assertComplete() {
        assertThat(client.engine.isComplete()).isTrue();
        assertThat(server.engine.isComplete()).isTrue();
        assertThat(client.peerParameters).isEqualTo(SERVER_PARAMETERS);
        assertThat(server.peerParameters).isEqualTo(CLIENT_PARAMETERS);
        assertThat(client.engine.applicationProtocol()).isEqualTo("tern");
        assertThat(server.engine.applicationProtocol()).isEqualTo("tern");
        for (EncryptionLevel level : List.of(EncryptionLevel.HANDSHAKE, EncryptionLevel.ONE_RTT)) {
            assertThat(client.canTalkTo(server, level)).isTrue();
            assertThat(server.canTalkTo(client, level)).isTrue();
        }
    }

    private static void assertAlert(int alert, Runnable action) {
        TlsAlertException thrown = catchThrowableOfType(TlsAlertException.class, action::run);
        assertThat(thrown).isNotNull();
        assertThat(thrown.alert()).as(thrown.getMessage()).isEqualTo(alert);
    }
}
