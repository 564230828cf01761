package dev.tern.perf.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.PacketHeaderWriter;
import dev.tern.quic.wire.PacketType;
import dev.tern.quic.wire.RetryPacket;
import dev.tern.quic.wire.Versions;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

class WireWatchTest {
    private static final boolean FROM_SERVER = true;
    private static final boolean FROM_CLIENT = false;

    private static final ConnectionId CLIENT_ID = ConnectionId.of(new byte[] {1, 2, 3, 4});
    private static final ConnectionId SERVER_ID = ConnectionId.of(new byte[] {5, 6, 7, 8, 9});
    private static final byte[] TOKEN = "token".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NO_TOKEN = {};
    private static final int PAYLOAD_BYTES = 40;

    private final byte[] datagram = new byte[1200];
    private final ByteWriter out = new ByteWriter().wrap(datagram, 0, datagram.length);
    private final WireWatch watch = new WireWatch();

    @Test
    void shouldSeeTheServersRetry() {
        writeRetry(Versions.V1);

        watch.onDatagram(FROM_SERVER, datagram, out.position());

        assertThat(watch.sawRetry()).isTrue();
        assertThat(watch.sawServerSpeakVersion2()).isFalse();
    }

    @Test
    void shouldSeeARetryOfVersion2() {
        writeRetry(Versions.V2);

        watch.onDatagram(FROM_SERVER, datagram, out.position());

        assertThat(watch.sawRetry()).isTrue();
        assertThat(watch.sawServerSpeakVersion2()).isTrue();
    }

    @Test
    void shouldSeeVersion2BehindAPacketOfVersion1InOneDatagram() {
        writeLong(PacketType.INITIAL, Versions.V1);
        writeLong(PacketType.HANDSHAKE, Versions.V2);

        watch.onDatagram(FROM_SERVER, datagram, out.position());

        assertThat(watch.sawServerSpeakVersion2()).isTrue();
        assertThat(watch.sawRetry()).isFalse();
    }

    @Test
    void shouldNotTakeTheClientsWordForTheServers() {
        writeLong(PacketType.INITIAL, Versions.V2);

        watch.onDatagram(FROM_CLIENT, datagram, out.position());

        assertThat(watch.sawServerSpeakVersion2()).isFalse();
    }

    @Test
    void shouldReadNothingIntoShortHeaders() {
        PacketHeaderWriter.writeShort(out, CLIENT_ID, false, 0, 1);
        out.writeBytes(new byte[PAYLOAD_BYTES]);

        watch.onDatagram(FROM_SERVER, datagram, out.position());

        assertThat(watch.sawRetry()).isFalse();
        assertThat(watch.sawServerSpeakVersion2()).isFalse();
    }

    @Test
    void shouldGoOnWhereADatagramIsCutShort() {
        writeLong(PacketType.INITIAL, Versions.V2);
        for (int length = 0; length < out.position(); length++) {
            watch.onDatagram(FROM_SERVER, datagram, length);
        }
        assertThat(watch.sawServerSpeakVersion2()).isFalse();

        watch.onDatagram(FROM_SERVER, datagram, out.position());
        assertThat(watch.sawServerSpeakVersion2()).isTrue();
    }

    private void writeRetry(int version) {
        RetryPacket.encode(out, version, CLIENT_ID, SERVER_ID, TOKEN);
        out.writeBytes(new byte[RetryPacket.INTEGRITY_TAG_BYTES]);
    }

    private void writeLong(PacketType type, int version) {
        int lengthOffset =
                PacketHeaderWriter.writeLong(
                        out, type, version, CLIENT_ID, SERVER_ID, NO_TOKEN, 0, 1);
        out.writeBytes(new byte[PAYLOAD_BYTES]);
        PacketHeaderWriter.setLength(datagram, lengthOffset, 1 + PAYLOAD_BYTES);
    }
}
