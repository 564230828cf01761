package dev.tern.quic.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The encoding of {@link TransportParameters}: id, length, value (RFC 9000 §18). */
final class TransportParametersCodec {
    static final long ORIGINAL_DESTINATION_CONNECTION_ID = 0x00;
    static final long MAX_IDLE_TIMEOUT = 0x01;
    static final long STATELESS_RESET_TOKEN = 0x02;
    static final long MAX_UDP_PAYLOAD_SIZE = 0x03;
    static final long INITIAL_MAX_DATA = 0x04;
    static final long INITIAL_MAX_STREAM_DATA_BIDI_LOCAL = 0x05;
    static final long INITIAL_MAX_STREAM_DATA_BIDI_REMOTE = 0x06;
    static final long INITIAL_MAX_STREAM_DATA_UNI = 0x07;
    static final long INITIAL_MAX_STREAMS_BIDI = 0x08;
    static final long INITIAL_MAX_STREAMS_UNI = 0x09;
    static final long ACK_DELAY_EXPONENT = 0x0a;
    static final long MAX_ACK_DELAY = 0x0b;
    static final long DISABLE_ACTIVE_MIGRATION = 0x0c;
    static final long PREFERRED_ADDRESS = 0x0d;
    static final long ACTIVE_CONNECTION_ID_LIMIT = 0x0e;
    static final long INITIAL_SOURCE_CONNECTION_ID = 0x0f;
    static final long RETRY_SOURCE_CONNECTION_ID = 0x10;
    static final long VERSION_INFORMATION = 0x11;
    static final long MAX_DATAGRAM_FRAME_SIZE = 0x20;
    static final long INITIAL_MAX_PATH_ID = 0x3e;
    static final long GREASE_QUIC_BIT = 0x2ab2;
    static final long ADDRESS_DISCOVERY = 0x9f81a176L;
    static final long NAT_TRAVERSAL = 0x3d7e9f0bca12fea6L;
    static final long MIN_ACK_DELAY = 0xff04de1bL;
    static final long TERN_EXTENSIONS = 0x7465726e02L;

    /** More than this many are an attack: other stacks send about 20. */
    static final int MAX_PARAMETERS = 64;

    private static final long MIN_UDP_PAYLOAD_SIZE = 1200;
    private static final long MAX_STREAMS = 1L << 60;
    private static final long MAX_ACK_DELAY_EXPONENT = 20;
    private static final long MAX_MAX_ACK_DELAY_MS = (1 << 14) - 1;
    private static final long MAX_ADDRESS_DISCOVERY = 2;

    /** No more than a max_ack_delay can be (RFC 9000 §18.2). */
    private static final long MAX_MIN_ACK_DELAY_US = (1L << 14) * 1000;

    private static final long MAX_PATH_ID = (1L << 32) - 1;

    /** All known parameters at their longest, the list of versions apart, are below 420 bytes. */
    private static final int MAX_KNOWN_BYTES = 512;

    private static final int MAX_ID_AND_LENGTH_BYTES = 16;

    private TransportParametersCodec() {}

    static byte[] encode(TransportParameters p) {
        byte[] bytes = new byte[maxSize(p)];
        ByteWriter out = new ByteWriter().wrap(bytes, 0, bytes.length);
        writeId(out, ORIGINAL_DESTINATION_CONNECTION_ID, p.originalDestinationConnectionId());
        writeInteger(out, MAX_IDLE_TIMEOUT, p.maxIdleTimeoutMs(), 0);
        if (p.statelessResetToken() != null) {
            writeStart(out, STATELESS_RESET_TOKEN, StatelessResetToken.LENGTH);
            p.statelessResetToken().write(out);
        }
        writeInteger(
                out,
                MAX_UDP_PAYLOAD_SIZE,
                p.maxUdpPayloadSize(),
                TransportParameters.DEFAULT_MAX_UDP_PAYLOAD_SIZE);
        writeInteger(out, INITIAL_MAX_DATA, p.initialMaxData(), 0);
        writeInteger(out, INITIAL_MAX_STREAM_DATA_BIDI_LOCAL, p.initialMaxStreamDataBidiLocal(), 0);
        writeInteger(
                out, INITIAL_MAX_STREAM_DATA_BIDI_REMOTE, p.initialMaxStreamDataBidiRemote(), 0);
        writeInteger(out, INITIAL_MAX_STREAM_DATA_UNI, p.initialMaxStreamDataUni(), 0);
        writeInteger(out, INITIAL_MAX_STREAMS_BIDI, p.initialMaxStreamsBidi(), 0);
        writeInteger(out, INITIAL_MAX_STREAMS_UNI, p.initialMaxStreamsUni(), 0);
        writeInteger(
                out,
                ACK_DELAY_EXPONENT,
                p.ackDelayExponent(),
                TransportParameters.DEFAULT_ACK_DELAY_EXPONENT);
        writeInteger(
                out,
                MAX_ACK_DELAY,
                p.maxAckDelayMs(),
                TransportParameters.DEFAULT_MAX_ACK_DELAY_MS);
        writeFlag(out, DISABLE_ACTIVE_MIGRATION, p.disableActiveMigration());
        if (p.preferredAddress() != null) {
            writeStart(out, PREFERRED_ADDRESS, p.preferredAddress().size());
            p.preferredAddress().write(out);
        }
        writeInteger(
                out,
                ACTIVE_CONNECTION_ID_LIMIT,
                p.activeConnectionIdLimit(),
                TransportParameters.MIN_ACTIVE_CONNECTION_ID_LIMIT);
        writeId(out, INITIAL_SOURCE_CONNECTION_ID, p.initialSourceConnectionId());
        writeId(out, RETRY_SOURCE_CONNECTION_ID, p.retrySourceConnectionId());
        writeInteger(out, MAX_DATAGRAM_FRAME_SIZE, p.maxDatagramFrameSize(), 0);
        writeInteger(out, ADDRESS_DISCOVERY, p.addressDiscovery(), TransportParameters.ABSENT);
        writeFlag(out, NAT_TRAVERSAL, p.natTraversal() == 0);
        if (p.natTraversal() > 0) {
            writeInteger(out, NAT_TRAVERSAL, p.natTraversal(), TransportParameters.ABSENT);
        }
        writeInteger(out, MIN_ACK_DELAY, p.minAckDelayUs(), TransportParameters.ABSENT);
        writeFlag(out, TERN_EXTENSIONS, p.ternExtensions());
        writeFlag(out, GREASE_QUIC_BIT, p.greaseQuicBit());
        writeInteger(out, INITIAL_MAX_PATH_ID, p.initialMaxPathId(), TransportParameters.ABSENT);
        if (p.versionInformation() != null) {
            writeStart(out, VERSION_INFORMATION, p.versionInformation().size());
            p.versionInformation().write(out);
        }
        for (UnknownParameter parameter : p.unknown()) {
            byte[] value = parameter.value();
            writeStart(out, parameter.id(), value.length);
            out.writeBytes(value);
        }
        return Arrays.copyOf(bytes, out.position());
    }

    private static int maxSize(TransportParameters p) {
        int size = MAX_KNOWN_BYTES;
        if (p.versionInformation() != null) {
            size += p.versionInformation().size();
        }
        for (UnknownParameter parameter : p.unknown()) {
            size += MAX_ID_AND_LENGTH_BYTES + parameter.value().length;
        }
        return size;
    }

    static TransportParameters decode(byte[] encoded, boolean fromServer) {
        TransportParameters parameters = new TransportParameters();
        ByteReader in = new ByteReader().wrap(encoded, 0, encoded.length);
        ByteReader value = new ByteReader();
        long[] seen = new long[MAX_PARAMETERS];
        int count = 0;
        try {
            while (in.hasRemaining()) {
                long id = in.readVarint();
                int length = in.readLength();
                for (int i = 0; i < count; i++) {
                    if (seen[i] == id) {
                        throw error(id, "there twice");
                    }
                }
                if (count == MAX_PARAMETERS) {
                    throw error(id, "more than " + MAX_PARAMETERS + " parameters");
                }
                seen[count++] = id;
                value.wrap(encoded, in.position(), length);
                decodeValue(value, id, fromServer, parameters);
                if (value.hasRemaining()) {
                    throw error(id, value.remaining() + " bytes too many");
                }
                in.skip(length);
            }
        } catch (TransportException e) {
            throw e.code() == TransportError.TRANSPORT_PARAMETER_ERROR
                    ? e
                    : new TransportException(
                            TransportError.TRANSPORT_PARAMETER_ERROR,
                            "transport parameters " + e.getMessage());
        }
        return parameters;
    }

    private static void decodeValue(
            ByteReader in, long id, boolean fromServer, TransportParameters p) {
        if (!fromServer && isServerOnly(id)) {
            throw error(id, "from a client");
        }
        if (id == ORIGINAL_DESTINATION_CONNECTION_ID) {
            p.originalDestinationConnectionId(readId(in, id));
        } else if (id == MAX_IDLE_TIMEOUT) {
            p.maxIdleTimeoutMs(in.readVarint());
        } else if (id == STATELESS_RESET_TOKEN) {
            p.statelessResetToken(new StatelessResetToken(in.readLong(), in.readLong()));
        } else if (id == MAX_UDP_PAYLOAD_SIZE) {
            p.maxUdpPayloadSize(readInteger(in, id, MIN_UDP_PAYLOAD_SIZE, VarInt.MAX));
        } else if (id == INITIAL_MAX_DATA) {
            p.initialMaxData(in.readVarint());
        } else if (id == INITIAL_MAX_STREAM_DATA_BIDI_LOCAL) {
            p.initialMaxStreamDataBidiLocal(in.readVarint());
        } else if (id == INITIAL_MAX_STREAM_DATA_BIDI_REMOTE) {
            p.initialMaxStreamDataBidiRemote(in.readVarint());
        } else if (id == INITIAL_MAX_STREAM_DATA_UNI) {
            p.initialMaxStreamDataUni(in.readVarint());
        } else if (id == INITIAL_MAX_STREAMS_BIDI) {
            p.initialMaxStreamsBidi(readInteger(in, id, 0, MAX_STREAMS));
        } else if (id == INITIAL_MAX_STREAMS_UNI) {
            p.initialMaxStreamsUni(readInteger(in, id, 0, MAX_STREAMS));
        } else if (id == ACK_DELAY_EXPONENT) {
            p.ackDelayExponent((int) readInteger(in, id, 0, MAX_ACK_DELAY_EXPONENT));
        } else if (id == MAX_ACK_DELAY) {
            p.maxAckDelayMs(readInteger(in, id, 0, MAX_MAX_ACK_DELAY_MS));
        } else if (id == DISABLE_ACTIVE_MIGRATION) {
            p.disableActiveMigration(true);
        } else if (id == PREFERRED_ADDRESS) {
            p.preferredAddress(PreferredAddress.read(in));
        } else if (id == ACTIVE_CONNECTION_ID_LIMIT) {
            p.activeConnectionIdLimit(
                    readInteger(
                            in,
                            id,
                            TransportParameters.MIN_ACTIVE_CONNECTION_ID_LIMIT,
                            VarInt.MAX));
        } else if (id == INITIAL_SOURCE_CONNECTION_ID) {
            p.initialSourceConnectionId(readId(in, id));
        } else if (id == RETRY_SOURCE_CONNECTION_ID) {
            p.retrySourceConnectionId(readId(in, id));
        } else if (id == MAX_DATAGRAM_FRAME_SIZE) {
            p.maxDatagramFrameSize(in.readVarint());
        } else if (id == ADDRESS_DISCOVERY) {
            p.addressDiscovery(readInteger(in, id, 0, MAX_ADDRESS_DISCOVERY));
        } else if (id == NAT_TRAVERSAL) {
            p.natTraversal(fromServer ? readInteger(in, id, 1, VarInt.MAX) : 0);
        } else if (id == MIN_ACK_DELAY) {
            p.minAckDelayUs(readInteger(in, id, 0, MAX_MIN_ACK_DELAY_US));
        } else if (id == TERN_EXTENSIONS) {
            p.ternExtensions(true);
        } else if (id == GREASE_QUIC_BIT) {
            p.greaseQuicBit(true);
        } else if (id == INITIAL_MAX_PATH_ID) {
            p.initialMaxPathId(readInteger(in, id, 0, MAX_PATH_ID));
        } else if (id == VERSION_INFORMATION) {
            p.versionInformation(readVersions(in, id));
        } else {
            p.addUnknown(new UnknownParameter(id, in.readBytes(in.remaining())));
        }
    }

    private static boolean isServerOnly(long id) {
        return id == ORIGINAL_DESTINATION_CONNECTION_ID
                || id == STATELESS_RESET_TOKEN
                || id == PREFERRED_ADDRESS
                || id == RETRY_SOURCE_CONNECTION_ID;
    }

    private static long readInteger(ByteReader in, long id, long min, long max) {
        long value = in.readVarint();
        if (value < min || value > max) {
            throw error(id, value + " is not " + min + " to " + max);
        }
        return value;
    }

    private static ConnectionId readId(ByteReader in, long id) {
        if (in.remaining() > ConnectionId.MAX_LENGTH) {
            throw error(id, "connection ID of " + in.remaining() + " bytes");
        }
        return ConnectionId.of(in.readBytes(in.remaining()));
    }

    private static VersionInformation readVersions(ByteReader in, long id) {
        int chosen = readVersion(in, id);
        if (in.remaining() > VersionInformation.MAX_AVAILABLE * Integer.BYTES) {
            throw error(id, "more than " + VersionInformation.MAX_AVAILABLE + " versions");
        }
        List<Integer> available = new ArrayList<>();
        while (in.hasRemaining()) {
            available.add(readVersion(in, id));
        }
        return new VersionInformation(chosen, available);
    }

    private static int readVersion(ByteReader in, long id) {
        int version = in.readInt();
        if (version == Versions.NEGOTIATION) {
            throw error(id, "version 0");
        }
        return version;
    }

    private static void writeStart(ByteWriter out, long id, int length) {
        out.writeVarint(id);
        out.writeVarint(length);
    }

    private static void writeFlag(ByteWriter out, long id, boolean present) {
        if (present) {
            writeStart(out, id, 0);
        }
    }

    private static void writeInteger(ByteWriter out, long id, long value, long omitted) {
        if (value != omitted) {
            writeStart(out, id, VarInt.size(value));
            out.writeVarint(value);
        }
    }

    private static void writeId(ByteWriter out, long id, ConnectionId value) {
        if (value != null) {
            writeStart(out, id, value.length());
            value.write(out);
        }
    }

    private static TransportException error(long id, String what) {
        return new TransportException(
                TransportError.TRANSPORT_PARAMETER_ERROR,
                "transport parameter 0x" + Long.toHexString(id) + ": " + what);
    }
}
