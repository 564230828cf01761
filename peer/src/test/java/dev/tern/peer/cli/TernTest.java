package dev.tern.peer.cli;

import static dev.tern.peer.cli.Shell.tern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tern.crypto.identity.PeerId;
import dev.tern.crypto.identity.PeerIdentity;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/** What a person at a shell sees: one sentence for each mistake, never a stack trace. */
class TernTest {
    @TempDir private Path folder;

    private static PeerId anyPeer() {
        return PeerIdentity.generate(new SecureRandom()).peerId();
    }

    // ---- what works

    @Test
    void shouldShowItsCommands() {
        Shell.Outcome outcome = tern("--help");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("demo", "send", "receive", "relay", "id", "version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "send", "receive", "relay", "id", "version"})
    void shouldExplainEachCommand(String command) {
        Shell.Outcome outcome = tern(command, "--help");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("Usage: tern " + command);
    }

    @Test
    void shouldShowItsVersionAndJavas() {
        Shell.Outcome outcome = tern("version");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out().lines()).hasSize(2);
        assertThat(outcome.out()).startsWith("tern ").contains("\nJava ");
    }

    @Test
    void shouldShowWhatEncryptsPackets() {
        Shell.Outcome outcome = tern("version", "--verbose");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .containsPattern("(?m)^AES_128_GCM: (ipsecmb|openssl|jdk) \\(.+\\), .+$")
                .containsPattern("(?m)^CHACHA20_POLY1305: (openssl|jdk) \\(.+\\), .+$");
    }

    @Test
    void shouldKeepTheIdOnceItIsMade() {
        Path key = folder.resolve("sub").resolve("id.key");

        String first = tern("id", "--key", key).out();
        String second = tern("id", "--key", key).out();

        assertThat(PeerId.parse(first.strip())).isEqualTo(PeerId.parse(second.strip()));
    }

    // ---- what does not

    @Test
    void shouldSayThatThereIsNoSuchFile() {
        Path file = folder.resolve("holiday.mov");

        tern("send", file, "--relay", anyPeer() + "@127.0.0.1:4433")
                .assertOneSentence("tern send", "no such file: " + file);
        tern("demo", "--file", file).assertOneSentence("tern demo", "no such file: " + file);
    }

    @Test
    void shouldSayThatAFolderIsNoFile() {
        tern("send", folder, "--relay", anyPeer() + "@127.0.0.1:4433")
                .assertOneSentence("tern send", "not a file: " + folder);
    }

    @ParameterizedTest
    @CsvSource({
        "somewhere, has no @",
        "me@127.0.0.1:4433, peer id",
        "@127.0.0.1:4433, peer id",
    })
    void shouldSayWhatIsWrongWithARelayAddress(String address, String sentence) throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        tern("send", file, "--relay", address).assertOneSentence("tern send", sentence);
    }

    @Test
    void shouldSayThatARelaysHostIsUnknown() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        tern("send", file, "--relay", anyPeer() + "@no-such-host.invalid:4433")
                .assertOneSentence("tern send", "no such host: no-such-host.invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "tern1", "tern1abc", "tern1!!!!"})
    void shouldSayThatATicketIsDamaged(String ticket) {
        tern("receive", ticket, "--to", folder)
                .assertOneSentence("tern receive", "copy the whole line that tern send printed");
    }

    @Test
    void shouldSayThatThereIsNoSuchFolder() {
        Path missing = folder.resolve("missing");

        tern("receive", validTicket(), "--to", missing)
                .assertOneSentence("tern receive", "no such folder: " + missing);
    }

    @Test
    void shouldSayThatAFolderCannotBeWrittenTo() {
        assertThat(folder.toFile().setWritable(false)).isTrue();
        assumeThat(Files.isWritable(folder)).as("root writes everywhere").isFalse();

        tern("receive", validTicket(), "--to", folder)
                .assertOneSentence("tern receive", "cannot write to the folder", "--to");
    }

    private static String validTicket() {
        SecureRandom random = new SecureRandom();
        PeerIdentity identity = PeerIdentity.generate(random);
        return new dev.tern.peer.Ticket(
                        identity.peerId(),
                        dev.tern.relay.RelayAddress.parse(identity.peerId() + "@127.0.0.1:4433"),
                        dev.tern.peer.TicketSecret.generate(random))
                .encode();
    }

    @Test
    void shouldSayThatAPortIsInUse() throws IOException {
        try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            tern(
                            "relay",
                            "--listen",
                            "127.0.0.1:" + taken.getLocalPort(),
                            "--key",
                            folder.resolve("relay.key"))
                    .assertOneSentence(
                            "tern relay",
                            "port " + taken.getLocalPort() + " is in use",
                            "choose another with --listen");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "4433, is not HOST:PORT",
        ":4433, is not HOST:PORT",
        "127.0.0.1:, has no port from 0 to 65535",
        "127.0.0.1:x, has no port from 0 to 65535",
        "127.0.0.1:65536, has no port from 0 to 65535",
        "no-such-host.invalid:4433, no such host: no-such-host.invalid",
        "0.0.0.0:4433, needs --public"
    })
    void shouldSayWhatIsWrongWithAnAddress(String address, String sentence) {
        tern("relay", "--listen", address, "--key", folder.resolve("relay.key"))
                .assertOneSentence("tern relay", sentence);
    }

    @Test
    void shouldSayWhichKindsOfNatThereAre() {
        tern("demo", "--nat-a", "cone")
                .assertOneSentence("tern demo", "no such kind of NAT: cone", "port-restricted");
    }

    @ParameterizedTest
    @CsvSource({
        "--rtt, 9999, choose from 0 to 2000 ms",
        "--rtt, soon, Invalid value for option '--rtt'",
        "--rate, 0, choose from 1 to 10000 Mbit/s",
        "--loss, 99, choose from 0 to 50 percent",
        "--moves, -1, choose from 0 to 20",
        "--sender, c, choose a or b"
    })
    void shouldSayWhichValuesAnOptionTakes(String option, String value, String sentence) {
        tern("demo", option, value).assertOneSentence("tern demo", sentence);
    }

    @Test
    void shouldPointToTheHelpForWhatItDoesNotKnow() {
        tern("fly").assertOneSentence("tern", "fly", "see tern --help");
        tern("send").assertOneSentence("tern send", "FILE", "see tern send --help");
        tern("relay", "--fast", "--listen", "127.0.0.1:0")
                .assertOneSentence("tern relay", "--fast", "see tern relay --help");
    }

    @Test
    void shouldSayThatAKeyFileIsNone() throws IOException {
        Path key = Files.writeString(folder.resolve("id.key"), "not a key");

        tern("id", "--key", key).assertOneSentence("tern id", "" + key);
    }
}
