package dev.tern.quic.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

class TransportParametersTest {
    private static final StatelessResetToken TOKEN = new StatelessResetToken(1, -2);

    @Test
    void shouldSendNothingForDefaults() {
        assertThat(new TransportParameters().encode()).isEmpty();
    }

    @Test
    void shouldAssumeDefaultsForWhatIsNotSent() {
        TransportParameters parameters = TransportParameters.decode(new byte[0], false);

        assertThat(parameters.maxUdpPayloadSize()).isEqualTo(65527);
        assertThat(parameters.ackDelayExponent()).isEqualTo(3);
        assertThat(parameters.maxAckDelayMs()).isEqualTo(25);
        assertThat(parameters.activeConnectionIdLimit()).isEqualTo(2);
        assertThat(parameters.addressDiscovery()).isEqualTo(TransportParameters.ABSENT);
        assertThat(parameters.natTraversal()).isEqualTo(TransportParameters.ABSENT);
        assertThat(parameters.initialSourceConnectionId()).isNull();
    }

    @Property(tries = 300)
    void shouldRoundTripEveryNumber(
            @ForAll @Size(15) List<@LongRange(max = VarInt.MAX) Long> numbers,
            @ForAll boolean flag,
            @ForAll boolean fromServer) {
        TransportParameters sent =
                new TransportParameters()
                        .maxIdleTimeoutMs(numbers.get(0))
                        .maxUdpPayloadSize(Math.max(1200, numbers.get(1)))
                        .initialMaxData(numbers.get(2))
                        .initialMaxStreamDataBidiLocal(numbers.get(3))
                        .initialMaxStreamDataBidiRemote(numbers.get(4))
                        .initialMaxStreamDataUni(numbers.get(5))
                        .initialMaxStreamsBidi(numbers.get(6) >> 2)
                        .initialMaxStreamsUni(numbers.get(7) >> 2)
                        .ackDelayExponent((int) (numbers.get(8) % 21))
                        .maxAckDelayMs(numbers.get(9) % (1 << 14))
                        .disableActiveMigration(flag)
                        .activeConnectionIdLimit(Math.max(2, numbers.get(10)))
                        .maxDatagramFrameSize(numbers.get(11))
                        .addressDiscovery(numbers.get(12) % 4 - 1)
                        .natTraversal(fromServer ? Math.max(1, numbers.get(13)) : 0)
                        .greaseQuicBit(flag)
                        .initialMaxPathId(numbers.get(14) % (1L << 32))
                        .minAckDelayUs(numbers.get(9) % 1000)
                        .ternExtensions(!flag);

        TransportParameters heard = TransportParameters.decode(sent.encode(), fromServer);

        assertThat(heard).usingRecursiveComparison().isEqualTo(sent);
    }

    @Property(tries = 200)
    void shouldRoundTripVersions(
            @ForAll int chosen, @ForAll @Size(max = 64) List<Integer> available) {
        available.removeIf(version -> version == 0);
        TransportParameters sent =
                new TransportParameters()
                        .versionInformation(
                                new VersionInformation(chosen == 0 ? 1 : chosen, available));

        TransportParameters heard = TransportParameters.decode(sent.encode(), false);

        assertThat(heard.versionInformation()).isEqualTo(sent.versionInformation());
    }

    @Property(tries = 200)
    void shouldRoundTripUnknownParameters(
            @ForAll @LongRange(max = VarInt.MAX / 31 - 1) long n,
            @ForAll @Size(max = 300) byte[] value) {
        UnknownParameter greasing = new UnknownParameter(31 * n + 27, value);
        TransportParameters sent = new TransportParameters().addUnknown(greasing).initialMaxData(7);

        TransportParameters heard = TransportParameters.decode(sent.encode(), false);

        assertThat(heard.unknown()).containsExactly(greasing);
        assertThat(heard.initialMaxData()).isEqualTo(7);
    }

    @Property(tries = 200)
    void shouldRoundTripWhatOnlyServersSend(
            @ForAll @Size(max = 20) byte[] original,
            @ForAll @Size(max = 20) byte[] initialSource,
            @ForAll @Size(max = 20) byte[] retrySource,
            @ForAll @Size(min = 1, max = 20) byte[] preferred,
            @ForAll @IntRange(min = 1, max = 65535) int port,
            @ForAll boolean withIpv4,
            @ForAll boolean withIpv6) {
        TransportParameters sent =
                new TransportParameters()
                        .originalDestinationConnectionId(ConnectionId.of(original))
                        .initialSourceConnectionId(ConnectionId.of(initialSource))
                        .retrySourceConnectionId(ConnectionId.of(retrySource))
                        .statelessResetToken(TOKEN)
                        .preferredAddress(
                                new PreferredAddress(
                                        withIpv4 ? new InetSocketAddress("192.0.2.7", port) : null,
                                        withIpv6
                                                ? new InetSocketAddress("2001:db8::7", port)
                                                : null,
                                        ConnectionId.of(preferred),
                                        TOKEN));

        TransportParameters heard = TransportParameters.decode(sent.encode(), true);

        assertThat(heard.originalDestinationConnectionId())
                .isEqualTo(sent.originalDestinationConnectionId());
        assertThat(heard.initialSourceConnectionId()).isEqualTo(sent.initialSourceConnectionId());
        assertThat(heard.retrySourceConnectionId()).isEqualTo(sent.retrySourceConnectionId());
        assertThat(heard.statelessResetToken()).isEqualTo(TOKEN);
        assertThat(heard.preferredAddress()).isEqualTo(sent.preferredAddress());
        assertRefused(sent.encode(), false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000", // original_destination_connection_id
                "0210" + "00000000000000000000000000000000", // stateless_reset_token
                "1000" // retry_source_connection_id
            })
    void shouldRefuseServersParametersFromAClient(String hex) {
        assertRefused(bytes(hex), false);
        TransportParameters.decode(bytes(hex), true);
    }

    @ParameterizedTest
    @CsvSource({
        "03 02 44af, max_udp_payload_size 1199",
        "08 08 d000000000000001, initial_max_streams_bidi 2^60 + 1",
        "09 08 d000000000000001, initial_max_streams_uni 2^60 + 1",
        "0a 01 15, ack_delay_exponent 21",
        "0b 04 80004000, max_ack_delay 2^14",
        "0c 01 00, disable_active_migration with a value",
        "0e 01 01, active_connection_id_limit 1",
        "0f 15 000000000000000000000000000000000000000000, ID of 21 bytes",
        "02 0f 000000000000000000000000000000, token of 15 bytes",
        "02 11 0000000000000000000000000000000000, token of 17 bytes",
        "04 02 01, truncated",
        "04 01 40, integer longer than its length",
        "04 02 0101, integer shorter than its length",
        "04 00, integer without a byte",
        "04, no length",
        "40, no id",
        "04 01 01 04 01 01, twice",
        "21 00 21 00, unknown twice",
        "c00000009f81a176 01 03, address discovery 3",
        "fd7e9f0bca12fea6 01 00, limit of no paths from a server",
        "fd7e9f0bca12fea6 00, no limit from a server",
        "6ab2 01 00, grease_quic_bit with a value",
        "3e 08 c000000100000000, initial_max_path_id 2^32",
        "3e 00, initial_max_path_id without a value",
        "11 00, no version",
        "11 03 000000, version cut",
        "11 06 000000010000, available version cut",
        "11 04 00000000, chosen version 0",
        "11 08 00000001 00000000, available version 0",
        "c000007465726e02 01 00, flag with a value"
    })
    void shouldRefuseValuesOutsideTheirLimits(String hex, String what) {
        assertThat(what).isNotEmpty();
        assertRefused(bytes(hex), true);
    }

    @Test
    void shouldRefuseALimitOfPathsFromAClient() {
        assertRefused(bytes("fd7e9f0bca12fea6 01 05"), false);
        assertThat(TransportParameters.decode(bytes("fd7e9f0bca12fea6 00"), false).natTraversal())
                .isZero();
    }

    @Test
    void shouldRefuseAFloodOfVersions() {
        String most = "00000001".repeat(1 + VersionInformation.MAX_AVAILABLE);
        assertThat(TransportParameters.decode(bytes("11 4104" + most), true).versionInformation())
                .isNotNull();

        assertRefused(bytes("11 4108" + most + "00000001"), true);
    }

    @Test
    void shouldKeepUnknownParameters() {
        TransportParameters parameters =
                TransportParameters.decode(bytes("1b 02 ffff 01 01 1e"), false);

        assertThat(parameters.maxIdleTimeoutMs()).isEqualTo(30);
        assertThat(parameters.unknown()).hasToString("[0x1b=ffff]");
    }

    @Test
    void shouldRefuseAFloodOfParameters() {
        ByteWriter out = new ByteWriter().wrap(new byte[1000], 0, 1000);
        for (int i = 0; i < TransportParametersCodec.MAX_PARAMETERS; i++) {
            out.writeVarint(1000 + i);
            out.writeByte(0);
        }
        byte[] many = Arrays.copyOf(out.array(), out.position());
        TransportParameters.decode(many, false);
        out.writeVarint(999);
        out.writeByte(0);

        assertRefused(Arrays.copyOf(out.array(), out.position()), false);
    }

    @Test
    void shouldTakeAllZerosForNoPreferredAddress() {
        String zeros = "00".repeat(24);
        byte[] encoded = bytes("0d 2a" + zeros + "01 aa" + "00".repeat(16));

        PreferredAddress preferred = TransportParameters.decode(encoded, true).preferredAddress();

        assertThat(preferred.ipv4()).isNull();
        assertThat(preferred.ipv6()).isNull();
        assertThat(preferred.connectionId()).hasToString("aa");
    }

    @Test
    void shouldRefusePreferredAddressWithoutAConnectionId() {
        assertRefused(bytes("0d 29" + "00".repeat(24) + "00" + "00".repeat(16)), true);
    }

    @Property(tries = 500)
    void shouldThrowNothingElseForAnyBytes(
            @ForAll @Size(max = 60) byte[] bytes, @ForAll boolean fromServer) {
        onlyTransportParameterErrors(bytes, fromServer);
    }

    @Property(tries = 500)
    void shouldThrowNothingElseForSpoiledBytes(@ForAll Random random, @ForAll boolean fromServer) {
        onlyTransportParameterErrors(Mutation.of(everything().encode(), random), fromServer);
    }

    private static TransportParameters everything() {
        ConnectionId id = ConnectionId.of(new byte[] {1, 2, 3, 4});
        return new TransportParameters()
                .originalDestinationConnectionId(id)
                .initialSourceConnectionId(id)
                .statelessResetToken(TOKEN)
                .maxUdpPayloadSize(1452)
                .initialMaxData(1 << 20)
                .initialMaxStreamsBidi(100)
                .ackDelayExponent(5)
                .preferredAddress(
                        new PreferredAddress(
                                new InetSocketAddress("192.0.2.1", 443), null, id, TOKEN))
                .addressDiscovery(2)
                .greaseQuicBit(true)
                .versionInformation(
                        new VersionInformation(Versions.V1, List.of(Versions.V2, Versions.V1)))
                .initialMaxPathId(4)
                .addUnknown(new UnknownParameter(27, new byte[3]))
                .natTraversal(8)
                .ternExtensions(true);
    }

    private static void onlyTransportParameterErrors(byte[] bytes, boolean fromServer) {
        Throwable thrown = catchThrowable(() -> TransportParameters.decode(bytes, fromServer));
        if (thrown != null) {
            assertRefused(thrown);
        }
    }

    private static void assertRefused(byte[] bytes, boolean fromServer) {
        assertThatThrownBy(() -> TransportParameters.decode(bytes, fromServer))
                .satisfies(TransportParametersTest::assertRefused);
    }

    private static void assertRefused(Throwable thrown) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        TransportException.class,
                        e ->
                                assertThat(e.code())
                                        .isEqualTo(TransportError.TRANSPORT_PARAMETER_ERROR));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
