package dev.tern.quic.violation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.crypto.identity.PeerIdentity;
import dev.tern.crypto.identity.PeerVerifiers;
import dev.tern.crypto.tls.TlsConfig;
import dev.tern.quic.cid.SelfDescribingId;
import dev.tern.quic.connection.Connection;
import dev.tern.quic.connection.ConnectionConfig;
import dev.tern.quic.connection.ConnectionListener;
import dev.tern.quic.connection.ConnectionWaker;
import dev.tern.quic.endpoint.Acceptor;
import dev.tern.quic.endpoint.Endpoint;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportParameters;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;

/** A peer that breaks the rules, and the error code that each breach must be answered with. */
class ViolationTest {
    private static final String PROTOCOL = "test";
    private static final ConnectionId FIRST_ID =
            ConnectionId.of(new byte[] {(byte) 0xe7, 9, 8, 7, 6, 5, 4, 3});
    private static final int MAX_STREAMS = 4;
    private static final int MAX_STREAM_DATA = 1000;
    private static final int MAX_DATA = 3000;
    private static final String HEX_ID = "0102030405060708";
    private static final String RESET_TOKEN = "00112233445566778899aabbccddeeff";

    private final SecureRandom random = new SecureRandom();
    private final PeerIdentity identity = PeerIdentity.generate(random);

    private ConnectionConfig config(TlsConfig tls) {
        return ConnectionConfig.of(tls).withStreams(MAX_STREAMS, MAX_STREAM_DATA, MAX_DATA);
    }

    private Endpoint endpoint(Acceptor acceptor) {
        SplittableRandom seeded = new SplittableRandom(1);
        return new Endpoint(
                remote -> SelfDescribingId.mintDirect(seeded),
                acceptor,
                ConnectionWaker.DIRECT,
                seeded,
                new byte[32]);
    }

    private Endpoint server() {
        TlsConfig tls = TlsConfig.server(random, identity, PROTOCOL);
        return endpoint(
                (local, remote, id, nowNs) ->
                        new Acceptor.Accepted(config(tls), new ConnectionListener() {}));
    }

    private static TransportParameters parameters() {
        return new TransportParameters()
                .initialSourceConnectionId(RoguePeer.SOURCE)
                .initialMaxData(100_000)
                .initialMaxStreamDataBidiLocal(100_000)
                .initialMaxStreamDataBidiRemote(100_000)
                .initialMaxStreamDataUni(100_000)
                .initialMaxStreamsBidi(10)
                .initialMaxStreamsUni(10);
    }

    private RoguePeer rogueClient(byte[] parameters) {
        TlsConfig tls =
                TlsConfig.client(random, null, PeerVerifiers.exactly(identity.peerId()), PROTOCOL);
        return new RoguePeer(true, tls, parameters, server());
    }

    private RoguePeer connectedClient() {
        RoguePeer rogue = rogueClient(parameters().encode());
        rogue.dial(FIRST_ID);
        assertThat(rogue.isComplete()).isTrue();
        assertThat(rogue.closeCode()).isEqualTo(-1);
        return rogue;
    }

    /** A server that our client has dialled. */
    private RoguePeer connectedServer() {
        TlsConfig clientTls =
                TlsConfig.client(random, null, PeerVerifiers.exactly(identity.peerId()), PROTOCOL);
        Endpoint client = endpoint(null);
        Connection connection =
                client.connect(
                        config(clientTls),
                        RoguePeer.OURS,
                        RoguePeer.THEIRS,
                        FIRST_ID,
                        new ConnectionListener() {},
                        0);
        RoguePeer rogue =
                new RoguePeer(
                        false,
                        TlsConfig.server(random, identity, PROTOCOL),
                        parameters().originalDestinationConnectionId(FIRST_ID).encode(),
                        client);
        rogue.hear();
        rogue.exchange();
        assertThat(connection.isEstablished()).isTrue();
        assertThat(rogue.closeCode()).isEqualTo(-1);
        return rogue;
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    private static long codeOf(String name) throws ReflectiveOperationException {
        return TransportError.class.getField(name).getLong(null);
    }

    // ---- frames in 1-RTT packets, from either side

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource({
        "stream data past the stream's limit,              0c 00 43e8 00,                    FLOW_CONTROL_ERROR",
        "client's stream past the limit of streams,        0a 10 01 00,                      STREAM_LIMIT_ERROR",
        "data on a stream that only we may send on,        0a 03 01 00,                      STREAM_STATE_ERROR",
        "data on a stream of ours that is not open,        0a 01 01 00,                      STREAM_STATE_ERROR",
        "MAX_STREAM_DATA for a stream to us only,          11 02 44d2,                       STREAM_STATE_ERROR",
        "MAX_STREAM_DATA for a stream of ours not open,    11 01 44d2,                       STREAM_STATE_ERROR",
        "STOP_SENDING for a stream to us only,             05 02 00,                         STREAM_STATE_ERROR",
        "STOP_SENDING for a stream of ours not open,       05 01 00,                         STREAM_STATE_ERROR",
        "RESET_STREAM for a stream from us only,           04 03 00 00,                      STREAM_STATE_ERROR",
        "RESET_STREAM past the limit of streams,           04 10 00 00,                      STREAM_LIMIT_ERROR",
        "RESET_STREAM with a final size past the limit,    04 00 00 47d0,                    FLOW_CONTROL_ERROR",
        "final size changed,                               0b 00 01 aa 0f 00 05 00,          FINAL_SIZE_ERROR",
        "data behind the final size,                       0b 00 01 aa 0e 00 05 01 bb,       FINAL_SIZE_ERROR",
        "MAX_STREAMS too large,                            12 d000000000000001,              FRAME_ENCODING_ERROR",
        "STREAMS_BLOCKED too large,                        16 d000000000000001,              FRAME_ENCODING_ERROR",
        "NEW_CONNECTION_ID of no bytes,                    18 01 00 00,                      FRAME_ENCODING_ERROR",
        "NEW_CONNECTION_ID retires what is not issued,     18 01 02 08 ID TOKEN,             FRAME_ENCODING_ERROR",
        "NEW_CONNECTION_ID of 21 bytes,                    18 01 00 15 ID ID ID TOKEN,       FRAME_ENCODING_ERROR",
        "NEW_CONNECTION_ID cut short,                      18 01 00 08 ID 0011,              FRAME_ENCODING_ERROR",
        "same ID with another sequence number,             18 01 00 08 ID TOKEN 18 02 00 08 ID TOKEN, PROTOCOL_VIOLATION",
        "same sequence number with another ID,             18 01 00 08 ID TOKEN 18 01 00 08 aa02030405060708 TOKEN, PROTOCOL_VIOLATION",
        "RETIRE_CONNECTION_ID that was not issued,         19 40ff,                          PROTOCOL_VIOLATION",
        "ACK of a packet never sent,                       02 5000 00 00 00,                 PROTOCOL_VIOLATION",
        "ACK range below zero,                             02 00 00 00 05,                   FRAME_ENCODING_ERROR",
        "unknown frame,                                    21,                               FRAME_ENCODING_ERROR",
        "frame type not in its shortest form,              4001,                             PROTOCOL_VIOLATION",
        "PATH_CHALLENGE cut short,                         1a 0102,                          FRAME_ENCODING_ERROR",
        "PATH_RESPONSE to no challenge is no error,        1b 0102030405060708,              NONE",
        "stream data past offset 2^62,                     0e 00 ffffffffffffffff 01 aa,     FRAME_ENCODING_ERROR",
        "CRYPTO past offset 2^62,                          06 ffffffffffffffff 01 aa,        FRAME_ENCODING_ERROR",
        "CRYPTO far ahead,                                 06 80100000 01 aa,                CRYPTO_BUFFER_EXCEEDED",
        "NEW_TOKEN without a token,                        07 00,                            FRAME_ENCODING_ERROR",
        "DATAGRAM though none are taken,                   31 01 aa,                         PROTOCOL_VIOLATION",
        "PATH_SWITCH though not negotiated,                c0000074 65726e10 01 00,          PROTOCOL_VIOLATION",
        "TLS KeyUpdate,                                    06 00 05 18000001 00,             TLS_UNEXPECTED_MESSAGE",
    })
    void shouldCloseWithTheCodeOfTheBreach(String breach, String frames, String code)
            throws ReflectiveOperationException {
        byte[] payload = hex(frames.replace("ID", HEX_ID).replace("TOKEN", RESET_TOKEN));
        payload = Arrays.copyOf(payload, Math.max(payload.length, 4)); // PADDING

        RoguePeer client = connectedClient();
        client.send(EncryptionLevel.ONE_RTT, payload);
        client.hear();

        long expected =
                switch (code) {
                    case "NONE" -> -1;
                    case "TLS_UNEXPECTED_MESSAGE" -> TransportError.CRYPTO_ERROR + 10;
                    default -> codeOf(code);
                };
        assertThat(client.closeCode()).as(breach).isEqualTo(expected);
    }

    @Test
    void shouldCountAllStreamsTogetherAgainstTheConnectionsLimit() {
        RoguePeer client = connectedClient();

        for (int stream = 0; stream < MAX_STREAMS; stream++) {
            client.send(EncryptionLevel.ONE_RTT, streamFrame(stream * 4, 900));
        }
        client.hear();

        assertThat(client.closeCode()).isEqualTo(TransportError.FLOW_CONTROL_ERROR);
    }

    private static byte[] streamFrame(int id, int bytes) {
        byte[] frame = new byte[4 + bytes];
        frame[0] = 0x0a;
        frame[1] = (byte) id;
        frame[2] = (byte) (0x40 | bytes >> 8);
        frame[3] = (byte) bytes;
        return frame;
    }

    // ---- what only a client, or only a server, may not send

    @ParameterizedTest(name = "{0}")
    @CsvSource({"NEW_TOKEN, 07 01 aa", "HANDSHAKE_DONE, 1e"})
    void shouldCloseOnFramesThatClientsMayNotSend(String breach, String frames) {
        RoguePeer client = connectedClient();

        client.send(EncryptionLevel.ONE_RTT, Arrays.copyOf(hex(frames), 4));
        client.hear();

        assertThat(client.closeCode()).isEqualTo(TransportError.PROTOCOL_VIOLATION);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource({
        "server's stream past the limit of streams,       0a 11 01 00,          STREAM_LIMIT_ERROR",
        "data on a stream that only we may send on,       0a 02 01 00,          STREAM_STATE_ERROR",
        "data on a stream of ours that is not open,       0a 00 01 00,          STREAM_STATE_ERROR",
        "MAX_STREAM_DATA for a stream to us only,         11 03 44d2,           STREAM_STATE_ERROR",
        "stream data past the stream's limit,             0c 01 43e8 00,        FLOW_CONTROL_ERROR",
        "ACK of a packet never sent,                      02 5000 00 00 00,     PROTOCOL_VIOLATION",
        "RETIRE_CONNECTION_ID that was not issued,        19 40ff,              PROTOCOL_VIOLATION",
        "unknown frame,                                   21,                   FRAME_ENCODING_ERROR",
        "NEW_TOKEN without a token,                       07 00,                FRAME_ENCODING_ERROR",
        "TLS KeyUpdate,                                   06 00 05 18000001 00, TLS_UNEXPECTED_MESSAGE",
    })
    void shouldCloseTowardsServersToo(String breach, String frames, String code)
            throws ReflectiveOperationException {
        RoguePeer server = connectedServer();

        server.send(
                EncryptionLevel.ONE_RTT,
                Arrays.copyOf(hex(frames), Math.max(4, hex(frames).length)));
        server.hear();

        long expected =
                code.equals("TLS_UNEXPECTED_MESSAGE")
                        ? TransportError.CRYPTO_ERROR + 10
                        : codeOf(code);
        assertThat(server.closeCode()).as(breach).isEqualTo(expected);
    }

    // ---- headers and levels

    @Test
    void shouldCloseOnReservedBitsOfShortAndLongHeaders() {
        RoguePeer client = connectedClient();
        client.send(EncryptionLevel.ONE_RTT, new byte[] {1, 0, 0, 0}, 0x18);
        client.hear();
        assertThat(client.closeCode()).isEqualTo(TransportError.PROTOCOL_VIOLATION);
    }

    @Test
    void shouldCloseOnPacketWithoutFrames() {
        RoguePeer client = connectedClient();
        client.send(EncryptionLevel.ONE_RTT, new byte[0]);
        client.hear();
        assertThat(client.closeCode()).isEqualTo(TransportError.PROTOCOL_VIOLATION);
    }

    // ---- transport parameters

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "max_udp_payload_size below 1200,       0302 44af",
        "ack_delay_exponent above 20,           0a01 15",
        "max_ack_delay of 2^14,                 0b04 80004000",
        "active_connection_id_limit below 2,    0e01 01",
        "initial_max_streams above 2^60,        0808 d000000000000001",
        "a parameter twice,                     0401 05 0401 05",
        "original_destination_connection_id,    0008 ID",
        "stateless_reset_token,                 0210 TOKEN",
        "retry_source_connection_id,            1008 ID",
        "preferred_address cut short,           0d02 0102",
        "a length past the end,                 047f 00",
        "disable_active_migration with a value, 0c01 00",
    })
    void shouldCloseOnBadTransportParametersOfAClient(String breach, String extra) {
        byte[] good =
                new TransportParameters().initialSourceConnectionId(RoguePeer.SOURCE).encode();
        byte[] bad = hex(extra.replace("ID", HEX_ID).replace("TOKEN", RESET_TOKEN));
        byte[] parameters = Arrays.copyOf(good, good.length + bad.length);
        System.arraycopy(bad, 0, parameters, good.length, bad.length);
        RoguePeer client = rogueClient(parameters);

        client.dial(FIRST_ID);

        assertThat(client.closeCode()).isEqualTo(TransportError.TRANSPORT_PARAMETER_ERROR);
    }

    @Test
    void shouldCloseWhenTheClientsSourceIdIsNotInItsParameters() {
        RoguePeer client = rogueClient(new TransportParameters().encode());

        client.dial(FIRST_ID);

        assertThat(client.closeCode()).isEqualTo(TransportError.TRANSPORT_PARAMETER_ERROR);
    }

    @Test
    void shouldCloseWithAnAlertWithoutApplicationProtocolInCommon() {
        TlsConfig tls =
                TlsConfig.client(random, null, PeerVerifiers.exactly(identity.peerId()), "another");
        RoguePeer client = new RoguePeer(true, tls, parameters().encode(), server());

        client.dial(FIRST_ID);

        assertThat(client.closeCode()).isEqualTo(TransportError.CRYPTO_ERROR + 120);
    }

    // ---- frames where they may not be

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "PATH_CHALLENGE, 1a 0102030405060708",
        "STREAM, 0a 00 01 aa",
        "MAX_DATA, 10 05",
        "NEW_CONNECTION_ID, 18 01 00 08 ID TOKEN",
        "HANDSHAKE_DONE, 1e",
        "application's CONNECTION_CLOSE, 1d 00 00",
        "unknown frame, 21",
    })
    void shouldCloseOnFramesThatInitialPacketsMayNotCarry(String breach, String frames) {
        RoguePeer client = rogueClient(parameters().encode());
        byte[] payload = hex(frames.replace("ID", HEX_ID).replace("TOKEN", RESET_TOKEN));

        client.begin(FIRST_ID);
        client.send(EncryptionLevel.INITIAL, payload);
        client.hear();

        long expected =
                breach.equals("unknown frame")
                        ? TransportError.FRAME_ENCODING_ERROR
                        : TransportError.PROTOCOL_VIOLATION;
        assertThat(client.closeCode()).isEqualTo(expected);
    }

    @Test
    void shouldCloseOnPathChallengeInHandshakePacket() {
        RoguePeer client = rogueClient(parameters().encode());
        client.holdBackFinished();
        client.dial(FIRST_ID);

        client.send(EncryptionLevel.HANDSHAKE, hex("1a 0102030405060708"));
        client.hear();

        assertThat(client.closeCode()).isEqualTo(TransportError.PROTOCOL_VIOLATION);
    }
}
