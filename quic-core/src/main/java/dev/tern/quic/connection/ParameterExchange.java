package dev.tern.quic.connection;

import dev.tern.quic.stream.StreamLimits;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.PreferredAddress;
import dev.tern.quic.wire.StatelessResetToken;
import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;
import dev.tern.quic.wire.TransportParameters;
import dev.tern.quic.wire.VersionInformation;
import dev.tern.quic.wire.Versions;

import java.util.Objects;

/** Makes this side's transport parameters and judges the peer's (RFC 9000 §7.3, §7.4, §18). */
final class ParameterExchange {
    private static final long NS_PER_US = 1000L;
    private static final long US_PER_MS = 1000L;
    private static final long NS_PER_MS = 1_000_000L;

    /** draft-ietf-quic-address-discovery: provides and requests OBSERVED_ADDRESS. */
    private static final long ADDRESS_DISCOVERY_BOTH = 2;

    /** draft-seemann-quic-nat-traversal-02: concurrent punches that this side takes part in. */
    private static final long NAT_TRAVERSAL_PATHS = 8;

    private final boolean client;
    private final ConnectionConfig config;

    ParameterExchange(boolean client, ConnectionConfig config) {
        this.client = client;
        this.config = config;
    }

    StreamLimits limits() {
        return new StreamLimits(
                config.initialMaxData(),
                config.initialMaxStreamData(),
                config.initialMaxStreamData(),
                config.initialMaxStreamData(),
                config.maxStreams(),
                config.maxStreams());
    }

    /**
     * This side's parameters, encoded.
     *
     * @param sourceId the source connection ID of this side's handshake packets
     * @param originalId at a server: the destination ID of the client's first Initial; else null
     * @param retrySourceId at a server: the ID that its Retry gave; null if it sent none
     * @param versions version_information; null for none
     * @param resetToken at a server: the stateless reset token of {@code sourceId}; else null
     * @param preferred at a server: where it wants to go on; null for where it is
     */
    byte[] encode(
            ConnectionId sourceId,
            ConnectionId originalId,
            ConnectionId retrySourceId,
            StatelessResetToken resetToken,
            VersionInformation versions,
            PreferredAddress preferred) {
        TransportParameters parameters =
                new TransportParameters()
                        .maxIdleTimeoutMs(config.idleTimeoutNs() / NS_PER_MS)
                        .initialMaxData(config.initialMaxData())
                        .initialMaxStreamDataBidiLocal(config.initialMaxStreamData())
                        .initialMaxStreamDataBidiRemote(config.initialMaxStreamData())
                        .initialMaxStreamDataUni(config.initialMaxStreamData())
                        .initialMaxStreamsBidi(config.maxStreams())
                        .initialMaxStreamsUni(config.maxStreams())
                        .ackDelayExponent(ConnectionConfig.ACK_DELAY_EXPONENT)
                        .maxAckDelayMs(ConnectionConfig.MAX_ACK_DELAY_NS / NS_PER_MS)
                        .minAckDelayUs(ConnectionConfig.MIN_ACK_DELAY_NS / NS_PER_US)
                        .activeConnectionIdLimit(ConnectionConfig.ACTIVE_CONNECTION_ID_LIMIT)
                        .initialSourceConnectionId(sourceId)
                        .maxDatagramFrameSize(config.maxDatagramBytes())
                        .versionInformation(versions)
                        .addressDiscovery(ADDRESS_DISCOVERY_BOTH);
        if (!client) {
            parameters
                    .originalDestinationConnectionId(originalId)
                    .retrySourceConnectionId(retrySourceId)
                    .statelessResetToken(resetToken)
                    .preferredAddress(preferred);
        }
        if (config.mobile()) {
            parameters.ternExtensions(true).natTraversal(client ? 0 : NAT_TRAVERSAL_PATHS);
        }
        return parameters.encode();
    }

    /**
     * Decodes the peer's parameters and compares their connection IDs with the handshake's, so that
     * nobody on the way can have changed them (RFC 9000 §7.3).
     *
     * @param peerSourceId the source ID of the peer's handshake packets
     * @param originalId at a client: the destination ID of its first Initial
     * @param retrySourceId at a client: the ID that a Retry gave; null if there was none
     */
    TransportParameters verify(
            byte[] encoded,
            ConnectionId peerSourceId,
            ConnectionId originalId,
            ConnectionId retrySourceId) {
        TransportParameters parameters = TransportParameters.decode(encoded, client);
        require(
                peerSourceId.equals(parameters.initialSourceConnectionId()),
                "initial_source_connection_id");
        if (parameters.minAckDelayUs() > parameters.maxAckDelayMs() * US_PER_MS) {
            throw new TransportException(
                    TransportError.TRANSPORT_PARAMETER_ERROR,
                    "min_ack_delay is longer than max_ack_delay");
        }
        if (client) {
            require(
                    originalId.equals(parameters.originalDestinationConnectionId()),
                    "original_destination_connection_id");
            require(
                    Objects.equals(retrySourceId, parameters.retrySourceConnectionId()),
                    "retry_source_connection_id");
        }
        return parameters;
    }

    /**
     * At a server: whether this side still grants what it granted in a session that the client
     * remembers (RFC 9000 §7.4.1).
     */
    boolean grantsStill(byte[] remembered) {
        try {
            TransportParameters then = TransportParameters.decode(remembered, true);
            return allows(limits(), then)
                    && config.maxDatagramBytes() >= then.maxDatagramFrameSize();
        } catch (TransportException e) {
            return false; // made by another version of this program
        }
    }

    /** The version of a session with these parameters; {@link Versions#NEGOTIATION} for none. */
    static int versionOf(byte[] remembered) {
        try {
            VersionInformation then =
                    TransportParameters.decode(remembered, true).versionInformation();
            return then == null ? Versions.V1 : then.chosen();
        } catch (TransportException e) {
            return Versions.NEGOTIATION; // made by another version of this program
        }
    }

    /** Whether limits are no lower than those that the parameters promise. */
    static boolean allows(StreamLimits now, TransportParameters then) {
        StreamLimits before = limitsOf(then);
        return now.maxData() >= before.maxData()
                && now.maxStreamDataBidiLocal() >= before.maxStreamDataBidiLocal()
                && now.maxStreamDataBidiRemote() >= before.maxStreamDataBidiRemote()
                && now.maxStreamDataUni() >= before.maxStreamDataUni()
                && now.maxStreamsBidi() >= before.maxStreamsBidi()
                && now.maxStreamsUni() >= before.maxStreamsUni();
    }

    private static void require(boolean holds, String parameter) {
        if (!holds) {
            throw new TransportException(
                    TransportError.TRANSPORT_PARAMETER_ERROR,
                    parameter + " does not match the handshake");
        }
    }

    static StreamLimits limitsOf(TransportParameters parameters) {
        return new StreamLimits(
                parameters.initialMaxData(),
                parameters.initialMaxStreamDataBidiLocal(),
                parameters.initialMaxStreamDataBidiRemote(),
                parameters.initialMaxStreamDataUni(),
                parameters.initialMaxStreamsBidi(),
                parameters.initialMaxStreamsUni());
    }

    /** The idle timeout that holds: the smaller of both, where 0 means none (RFC 9000 §10.1). */
    long idleTimeoutNs(TransportParameters peer) {
        long theirsNs = peer.maxIdleTimeoutMs() * NS_PER_MS;
        return theirsNs == 0 ? config.idleTimeoutNs() : Math.min(config.idleTimeoutNs(), theirsNs);
    }
}
