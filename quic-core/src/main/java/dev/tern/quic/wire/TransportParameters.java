package dev.tern.quic.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What one side declares about itself during the handshake (RFC 9000 §18.2, and the extensions Tern
 * speaks). Begins with the defaults that hold for a parameter not sent; each is set by the method
 * of its name. The connection-ID parameters are compared with the handshake's by its caller.
 */
public final class TransportParameters {
    /** In place of a value: the parameter is not sent. */
    public static final long ABSENT = -1;

    static final long DEFAULT_MAX_UDP_PAYLOAD_SIZE = 65527;
    static final int DEFAULT_ACK_DELAY_EXPONENT = 3;
    static final long DEFAULT_MAX_ACK_DELAY_MS = 25;
    static final long MIN_ACTIVE_CONNECTION_ID_LIMIT = 2;

    private ConnectionId originalDestinationConnectionId;
    private long maxIdleTimeoutMs;
    private StatelessResetToken statelessResetToken;
    private long maxUdpPayloadSize = DEFAULT_MAX_UDP_PAYLOAD_SIZE;
    private long initialMaxData;
    private long initialMaxStreamDataBidiLocal;
    private long initialMaxStreamDataBidiRemote;
    private long initialMaxStreamDataUni;
    private long initialMaxStreamsBidi;
    private long initialMaxStreamsUni;
    private int ackDelayExponent = DEFAULT_ACK_DELAY_EXPONENT;
    private long maxAckDelayMs = DEFAULT_MAX_ACK_DELAY_MS;
    private boolean disableActiveMigration;
    private PreferredAddress preferredAddress;
    private long activeConnectionIdLimit = MIN_ACTIVE_CONNECTION_ID_LIMIT;
    private ConnectionId initialSourceConnectionId;
    private ConnectionId retrySourceConnectionId;
    private long maxDatagramFrameSize;
    private long addressDiscovery = ABSENT;
    private boolean greaseQuicBit;
    private VersionInformation versionInformation;
    private long initialMaxPathId = ABSENT;
    private long natTraversal = ABSENT;
    private boolean ternExtensions;
    private long minAckDelayUs = ABSENT;
    private final List<UnknownParameter> unknown = new ArrayList<>();

    /** The bytes for the TLS extension quic_transport_parameters (RFC 9001 §8.2). */
    public byte[] encode() {
        return TransportParametersCodec.encode(this);
    }

    /**
     * Reads what the peer sent.
     *
     * @throws TransportException TRANSPORT_PARAMETER_ERROR for a parameter that is malformed, out
     *     of its limits, there twice, or of the other role
     */
    public static TransportParameters decode(byte[] encoded, boolean fromServer) {
        return TransportParametersCodec.decode(encoded, fromServer);
    }

    /** The ID of the client's first Initial; sent by servers. Null when absent. */
    public ConnectionId originalDestinationConnectionId() {
        return originalDestinationConnectionId;
    }

    public TransportParameters originalDestinationConnectionId(ConnectionId value) {
        originalDestinationConnectionId = value;
        return this;
    }

    /** 0 for none (RFC 9000 §10.1). */
    public long maxIdleTimeoutMs() {
        return maxIdleTimeoutMs;
    }

    public TransportParameters maxIdleTimeoutMs(long value) {
        maxIdleTimeoutMs = value;
        return this;
    }

    /** For the connection ID of the handshake; sent by servers. Null when absent. */
    public StatelessResetToken statelessResetToken() {
        return statelessResetToken;
    }

    public TransportParameters statelessResetToken(StatelessResetToken value) {
        statelessResetToken = value;
        return this;
    }

    /** The largest UDP payload its sender will take. */
    public long maxUdpPayloadSize() {
        return maxUdpPayloadSize;
    }

    public TransportParameters maxUdpPayloadSize(long value) {
        maxUdpPayloadSize = value;
        return this;
    }

    /** Bytes the peer may send on the whole connection. */
    public long initialMaxData() {
        return initialMaxData;
    }

    public TransportParameters initialMaxData(long value) {
        initialMaxData = value;
        return this;
    }

    /** Bytes the peer may send on a stream that the sender of this opened. */
    public long initialMaxStreamDataBidiLocal() {
        return initialMaxStreamDataBidiLocal;
    }

    public TransportParameters initialMaxStreamDataBidiLocal(long value) {
        initialMaxStreamDataBidiLocal = value;
        return this;
    }

    /** Bytes the peer may send on a bidirectional stream that it opened. */
    public long initialMaxStreamDataBidiRemote() {
        return initialMaxStreamDataBidiRemote;
    }

    public TransportParameters initialMaxStreamDataBidiRemote(long value) {
        initialMaxStreamDataBidiRemote = value;
        return this;
    }

    /** Bytes the peer may send on a unidirectional stream. */
    public long initialMaxStreamDataUni() {
        return initialMaxStreamDataUni;
    }

    public TransportParameters initialMaxStreamDataUni(long value) {
        initialMaxStreamDataUni = value;
        return this;
    }

    /** Bidirectional streams the peer may open. */
    public long initialMaxStreamsBidi() {
        return initialMaxStreamsBidi;
    }

    public TransportParameters initialMaxStreamsBidi(long value) {
        initialMaxStreamsBidi = value;
        return this;
    }

    /** Unidirectional streams the peer may open. */
    public long initialMaxStreamsUni() {
        return initialMaxStreamsUni;
    }

    public TransportParameters initialMaxStreamsUni(long value) {
        initialMaxStreamsUni = value;
        return this;
    }

    /** Delays in ACK frames are scaled by 2 to this power. */
    public int ackDelayExponent() {
        return ackDelayExponent;
    }

    public TransportParameters ackDelayExponent(int value) {
        ackDelayExponent = value;
        return this;
    }

    /** How long its sender may hold an acknowledgement back. */
    public long maxAckDelayMs() {
        return maxAckDelayMs;
    }

    public TransportParameters maxAckDelayMs(long value) {
        maxAckDelayMs = value;
        return this;
    }

    /** Whether the peer must not migrate to the address of the handshake's other end. */
    public boolean disableActiveMigration() {
        return disableActiveMigration;
    }

    public TransportParameters disableActiveMigration(boolean value) {
        disableActiveMigration = value;
        return this;
    }

    /** Where the server wishes to go on; sent by servers. Null when absent. */
    public PreferredAddress preferredAddress() {
        return preferredAddress;
    }

    public TransportParameters preferredAddress(PreferredAddress value) {
        preferredAddress = value;
        return this;
    }

    /** How many of the peer's connection IDs its sender will keep. */
    public long activeConnectionIdLimit() {
        return activeConnectionIdLimit;
    }

    public TransportParameters activeConnectionIdLimit(long value) {
        activeConnectionIdLimit = value;
        return this;
    }

    /** The source ID of its sender's first Initial. Null when absent. */
    public ConnectionId initialSourceConnectionId() {
        return initialSourceConnectionId;
    }

    public TransportParameters initialSourceConnectionId(ConnectionId value) {
        initialSourceConnectionId = value;
        return this;
    }

    /** The source ID of the Retry; sent by servers. Null when absent. */
    public ConnectionId retrySourceConnectionId() {
        return retrySourceConnectionId;
    }

    public TransportParameters retrySourceConnectionId(ConnectionId value) {
        retrySourceConnectionId = value;
        return this;
    }

    /** The largest DATAGRAM frame its sender will take, 0 for none (RFC 9221 §3). */
    public long maxDatagramFrameSize() {
        return maxDatagramFrameSize;
    }

    public TransportParameters maxDatagramFrameSize(long value) {
        maxDatagramFrameSize = value;
        return this;
    }

    /** Whether its sender takes packets whose fixed bit is 0 (RFC 9287 §3). */
    public boolean greaseQuicBit() {
        return greaseQuicBit;
    }

    public TransportParameters greaseQuicBit(boolean value) {
        greaseQuicBit = value;
        return this;
    }

    /** RFC 9368 §3. Null when absent. */
    public VersionInformation versionInformation() {
        return versionInformation;
    }

    public TransportParameters versionInformation(VersionInformation value) {
        versionInformation = value;
        return this;
    }

    /** The highest path ID that the peer may use: its sender speaks multipath (RFC 10069). */
    public long initialMaxPathId() {
        return initialMaxPathId;
    }

    public TransportParameters initialMaxPathId(long value) {
        initialMaxPathId = value;
        return this;
    }

    /**
     * 0 provides observed addresses, 1 asks for them, 2 both (draft-ietf-quic-address-discovery).
     */
    public long addressDiscovery() {
        return addressDiscovery;
    }

    public TransportParameters addressDiscovery(long value) {
        addressDiscovery = value;
        return this;
    }

    /**
     * A server's limit of concurrent paths; 0 from a client, which asks for it without a value
     * (draft-seemann-quic-nat-traversal-02).
     */
    public long natTraversal() {
        return natTraversal;
    }

    public TransportParameters natTraversal(long value) {
        natTraversal = value;
        return this;
    }

    /** Whether its sender speaks Tern's own extensions. */
    public boolean ternExtensions() {
        return ternExtensions;
    }

    public TransportParameters ternExtensions(boolean value) {
        ternExtensions = value;
        return this;
    }

    /**
     * The shortest max_ack_delay that its sender can be asked for; it obeys ACK_FREQUENCY
     * (draft-ietf-quic-ack-frequency).
     */
    public long minAckDelayUs() {
        return minAckDelayUs;
    }

    public TransportParameters minAckDelayUs(long value) {
        minAckDelayUs = value;
        return this;
    }

    /** Parameters that Tern does not know, in their order; an endpoint ignores them (§7.4.2). */
    public List<UnknownParameter> unknown() {
        return Collections.unmodifiableList(unknown);
    }

    /** Adds one: those of the form 31 * N + 27 exist to be ignored (RFC 9000 §18.1). */
    public TransportParameters addUnknown(UnknownParameter parameter) {
        unknown.add(parameter);
        return this;
    }
}
