package dev.tern.peer.cli;

import static dev.tern.peer.cli.Shell.tern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.crypto.CipherSuite;
import dev.tern.crypto.PacketProtector;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

class InspectCommandTest {
    private static final HexFormat HEX = HexFormat.of();

    /** RFC 9001 A.5. */
    private static final String CHACHA_SECRET =
            "9ac312a7f877468ebe69422748ad00a15443f18203a07d6060f688f30f21632b";

    private static final byte[] SECRET = new byte[32];
    private static final byte[] MAX_DATA_1000 = HEX.parseHex("1043e8");
    private static final byte[] STREAM_HELLO = HEX.parseHex("0a0005" + "68656c6c6f");

    @TempDir private Path folder;

    private static String clientInitial() {
        try (InputStream in =
                InspectCommandTest.class.getResourceAsStream("/inspect/rfc9001-a2.hex")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldShowHeaderAndFramesOfClientInitial() {
        Shell.Outcome outcome = tern("inspect", clientInitial());

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out().lines())
                .containsExactly(
                        "datagram 1: 1200 bytes",
                        "  Initial packet, 1200 bytes",
                        "    version                    0x00000001 (QUIC v1)",
                        "    destination connection ID  8394c8f03e515708",
                        "    source connection ID       (empty)",
                        "    token                      (empty)",
                        "    length                     1182",
                        "    packet number              2 (4-byte encoding)",
                        "    CRYPTO offset 0, 241 bytes: ClientHello",
                        "    PADDING 917 bytes");
    }

    @Test
    void shouldShowVersionsOffered() {
        Shell.Outcome outcome = tern("inspect", "80 00000000 04:01020304 00 6b3343cf 1a2a3a4a");

        assertThat(outcome.out())
                .contains("Version Negotiation packet", "destination connection ID  01020304")
                .contains("0x6b3343cf (QUIC v2)", "0x1a2a3a4a (grease)");
    }

    @Test
    void shouldShowRetryWithTokenAndTag() {
        String retry =
                "ff000000010008f067a5502a4262b5746f6b656e04a265ba2eff4d829058fb3f0f2496ba"; // A.4

        assertThat(tern("inspect", retry).out())
                .contains("Retry packet", "source connection ID       f067a5502a4262b5")
                .contains("token                      746f6b656e")
                .contains("integrity tag              04a265ba2eff4d829058fb3f0f2496ba");
    }

    @Test
    void shouldReadUnprotectedPayload() {
        // Short header, self-described ID of 8 bytes, packet number 9, MAX_DATA, PING.
        assertThat(tern("inspect", "40 e700000000000000 09 1043e8 01").out())
                .contains("1-RTT packet", "packet number              9 (1-byte encoding)")
                .contains("not protected", "MAX_DATA 1000 bytes", "PING");
    }

    @Test
    void shouldReadFramesAlone() {
        assertThat(tern("inspect", "--frames", "1043e8" + "0a000568656c6c6f").out())
                .contains("MAX_DATA 1000 bytes", "STREAM stream 0, offset 0, 5 bytes: 68656c6c6f");
    }

    @Test
    void shouldSayWhereFramesEnd() {
        assertThat(tern("inspect", "--frames", "01ff").out())
                .contains("PING", "then bytes that are no valid frame: ");
    }

    @Test
    void shouldShowProtectedPacketWithoutKeysAsSuch() {
        Shell.Outcome outcome = tern("inspect", "4cfe4189655e5cd55c41f69080575d7999c25a5bfb");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .contains("1-RTT packet", "protected with keys that are not known");
    }

    @Test
    void shouldFindPacketNumberFarFromZeroWithKeyLog() throws IOException {
        Path log = keyLog("CLIENT_TRAFFIC_SECRET_0 00 " + CHACHA_SECRET);

        Shell.Outcome outcome =
                tern("inspect", "4cfe4189655e5cd55c41f69080575d7999c25a5bfb", "--keylog", log);

        assertThat(outcome.out()).contains("packet number              654360564", "PING");
    }

    private Path keyLog(String line) throws IOException {
        return Files.writeString(folder.resolve("keys.log"), "# secrets\n" + line + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pcap", "pcapng"})
    void shouldFollowConnectionThroughKeyUpdateInCapture(String format) throws IOException {
        PacketProtector keys = PacketProtector.fromSecret(CipherSuite.AES_128_GCM_SHA256, SECRET);
        List<byte[]> datagrams =
                List.of(
                        HEX.parseHex(clientInitial().replaceAll("\\s", "")),
                        shortHeader(keys, false, 7, MAX_DATA_1000),
                        "\n with low bytes".getBytes(StandardCharsets.US_ASCII),
                        shortHeader(keys.nextPhase(), true, 8, STREAM_HELLO),
                        shortHeader(keys, false, 6, MAX_DATA_1000));
        Path file = folder.resolve("file." + format);
        Files.write(
                file,
                format.equals("pcap")
                        ? CaptureWriter.pcap(datagrams)
                        : CaptureWriter.pcapng(datagrams));
        Path log = keyLog("SERVER_TRAFFIC_SECRET_0 00 " + HEX.formatHex(SECRET));

        Shell.Outcome outcome = tern("inspect", "--pcap", file, "--keylog", log);

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .contains(":4433: 1200 bytes", "CRYPTO offset 0, 241 bytes: ClientHello")
                .contains("packet number              7", "MAX_DATA 1000 bytes")
                .contains("packet number              8", "STREAM stream 0")
                .contains("packet number              6")
                .contains("1 other UDP datagrams passed over")
                .doesNotContain("not known");
    }

    /** A packet to the connection ID 0102. */
    private static byte[] shortHeader(
            PacketProtector keys, boolean phase, int packetNumber, byte[] frames) {
        byte[] packet = new byte[5 + frames.length + 16 + PacketProtector.TAG_BYTES];
        packet[0] = (byte) (phase ? 0x45 : 0x41);
        packet[1] = 1;
        packet[2] = 2;
        packet[4] = (byte) packetNumber;
        System.arraycopy(frames, 0, packet, 5, frames.length);
        keys.seal(0, packetNumber, packet, 0, 5, frames.length + 16);
        keys.protectHeader(packet, 0, 3, 2);
        return packet;
    }

    @ParameterizedTest
    @CsvSource({
        "0g, not hexadecimal: 'g' at position 2",
        "c30, an odd number of hexadecimal digits",
        "' ', no bytes",
        "00112233, datagram 1 is no QUIC packet",
        "c3000000, datagram 1 is no QUIC packet"
    })
    void shouldRefuseWhatIsNoDatagram(String hex, String why) {
        tern("inspect", hex).assertOneSentence("tern inspect", why);
    }

    @Test
    void shouldRefuseFilesThatAreNeitherCaptureNorKeyLog() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "this is a text, and a long one");

        tern("inspect", "--pcap", text).assertOneSentence("tern inspect", "no capture file");
        tern("inspect", "--pcap", folder.resolve("none"))
                .assertOneSentence("tern inspect", "cannot read the capture");
        tern("inspect", "40", "--keylog", text).assertOneSentence("tern inspect", "line 1");
        tern("inspect", "40", "--keylog", folder.resolve("none"))
                .assertOneSentence("tern inspect", "cannot read the key log");
        tern("inspect").assertOneSentence("tern inspect", "give either");
    }
}
