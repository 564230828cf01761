package dev.tern.fuzz;

import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.PreferredAddress;
import dev.tern.quic.wire.StatelessResetToken;
import dev.tern.quic.wire.TransportParameters;
import dev.tern.quic.wire.UnknownParameter;
import dev.tern.quic.wire.VersionInformation;
import dev.tern.quic.wire.Versions;

import java.net.InetSocketAddress;
import java.util.List;

/** What a client and a server send that use every parameter there is. */
final class ParameterSeeds {
    private static final ConnectionId ID =
            ConnectionId.of(new byte[] {(byte) 0xe7, 1, 2, 3, 4, 5, 6, 7});
    private static final StatelessResetToken TOKEN = new StatelessResetToken(3, 4);

    private ParameterSeeds() {}

    static void addTo(SeedCorpus corpus) {
        corpus.add(TransportParametersFuzzTest.class, "client", common().natTraversal(0).encode());
        corpus.add(
                TransportParametersFuzzTest.class,
                "server",
                common().natTraversal(8)
                        .originalDestinationConnectionId(ID)
                        .retrySourceConnectionId(ID)
                        .statelessResetToken(TOKEN)
                        .preferredAddress(
                                new PreferredAddress(
                                        new InetSocketAddress("192.0.2.1", 443),
                                        new InetSocketAddress("2001:db8::1", 443),
                                        ID,
                                        TOKEN))
                        .encode());
    }

    private static TransportParameters common() {
        return new TransportParameters()
                .maxIdleTimeoutMs(30_000)
                .maxUdpPayloadSize(1452)
                .initialMaxData(1 << 24)
                .initialMaxStreamDataBidiLocal(1 << 20)
                .initialMaxStreamDataBidiRemote(1 << 20)
                .initialMaxStreamDataUni(1 << 20)
                .initialMaxStreamsBidi(100)
                .initialMaxStreamsUni(100)
                .ackDelayExponent(4)
                .maxAckDelayMs(20)
                .disableActiveMigration(true)
                .activeConnectionIdLimit(32)
                .initialSourceConnectionId(ID)
                .maxDatagramFrameSize(65_535)
                .greaseQuicBit(true)
                .versionInformation(
                        new VersionInformation(Versions.V1, List.of(Versions.V2, Versions.V1)))
                .initialMaxPathId(4)
                .addressDiscovery(2)
                .ternExtensions(true)
                .addUnknown(new UnknownParameter(31 * 7 + 27, new byte[] {1, 2, 3}));
    }
}
