package dev.tern.quic.violation;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.crypto.InitialKeys;
import dev.tern.crypto.PacketProtector;
import dev.tern.crypto.tls.TlsConfig;
import dev.tern.crypto.tls.TlsEngine;
import dev.tern.crypto.tls.TlsEvents;
import dev.tern.quic.connection.Transmit;
import dev.tern.quic.endpoint.Endpoint;
import dev.tern.quic.frame.CryptoFrame;
import dev.tern.quic.frame.FrameHandler;
import dev.tern.quic.frame.FrameReader;
import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.CoalescedPackets;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.PacketHeader;
import dev.tern.quic.wire.PacketHeaderWriter;
import dev.tern.quic.wire.PacketNumbers;
import dev.tern.quic.wire.PacketType;
import dev.tern.quic.wire.Versions;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.Map;

/**
 * A client or server that speaks TLS honestly and sends whatever frames and headers a test gives
 * it: no acknowledgements, no resending, no limits. It faces one endpoint of ours, without a
 * network between.
 */
final class RoguePeer implements TlsEvents {
    static final InetSocketAddress OURS = new InetSocketAddress("192.0.2.1", 1000);
    static final InetSocketAddress THEIRS = new InetSocketAddress("198.51.100.1", 4433);
    static final ConnectionId SOURCE = ConnectionId.of(new byte[] {(byte) 0xe3, 1, 2, 3});

    private static final long NEVER = -1;
    private static final long MS = 1_000_000L;

    /** Keys and numbers of one level. */
    private static final class Level {
        private PacketProtector send;
        private PacketProtector receive;
        private long nextNumber;
        private final ByteArrayOutputStream crypto = new ByteArrayOutputStream();
        private int cryptoSent;
        private int cryptoReceived;
    }

    private final boolean client;
    private final Endpoint victim;
    private final TlsEngine tls;
    private final Map<EncryptionLevel, Level> levels = new EnumMap<>(EncryptionLevel.class);
    private final FrameHandler frames;
    private ConnectionId destination;
    private EncryptionLevel readingLevel;
    private byte[] token = new byte[0];
    private boolean holdsBackFinished;
    private boolean complete;
    private long closeCode = NEVER;
    private long nowNs = MS;

    RoguePeer(boolean client, TlsConfig config, byte[] parameters, Endpoint victim) {
        this.client = client;
        this.victim = victim;
        for (EncryptionLevel level : EncryptionLevel.values()) {
            levels.put(level, new Level());
        }
        frames =
                (FrameHandler)
                        Proxy.newProxyInstance(
                                FrameHandler.class.getClassLoader(),
                                new Class<?>[] {FrameHandler.class},
                                (proxy, method, arguments) -> onFrame(method.getName(), arguments));
        tls =
                client
                        ? TlsEngine.client(config, parameters, this)
                        : TlsEngine.server(config, parameters, this);
    }

    // ---- the honest part

    /** A client: sends its ClientHello and goes on until the handshake is over, or fails. */
    void dial(ConnectionId firstDestination) {
        destination = firstDestination;
        initialKeys(firstDestination);
        tls.start();
        exchange();
    }

    /** A client: only makes the keys of Initial packets. */
    void begin(ConnectionId firstDestination) {
        destination = firstDestination;
        initialKeys(firstDestination);
    }

    /** From now on nothing of the handshake goes out at the Handshake level. */
    void holdBackFinished() {
        holdsBackFinished = true;
    }

    private void initialKeys(ConnectionId id) {
        byte[] bytes = new byte[id.length()];
        id.copyTo(bytes, 0);
        InitialKeys keys = InitialKeys.v1(bytes, 0, bytes.length);
        Level initial = levels.get(EncryptionLevel.INITIAL);
        initial.send = client ? keys.client() : keys.server();
        initial.receive = client ? keys.server() : keys.client();
    }

    /** Sends what TLS has to say and hears what the victim answers, until both are silent. */
    void exchange() {
        boolean busy = true;
        while (busy && closeCode == NEVER) {
            sendHandshake();
            busy = hear();
        }
    }

    private void sendHandshake() {
        for (EncryptionLevel level :
                new EncryptionLevel[] {
                    EncryptionLevel.INITIAL, EncryptionLevel.HANDSHAKE, EncryptionLevel.ONE_RTT
                }) {
            if (holdsBackFinished && level == EncryptionLevel.HANDSHAKE) {
                continue;
            }
            Level at = levels.get(level);
            byte[] bytes = at.crypto.toByteArray();
            while (at.cryptoSent < bytes.length && at.send != null) {
                int length = Math.min(900, bytes.length - at.cryptoSent);
                send(level, crypto(at.cryptoSent, bytes, at.cryptoSent, length));
                at.cryptoSent += length;
            }
        }
    }

    static byte[] crypto(long streamOffset, byte[] bytes, int offset, int length) {
        byte[] frame = new byte[length + 20];
        ByteWriter out = new ByteWriter().wrap(frame, 0, frame.length);
        CryptoFrame.encodeHeader(out, streamOffset, length);
        out.writeBytes(bytes, offset, length);
        return java.util.Arrays.copyOf(frame, out.position());
    }

    /** Takes in what the victim sends; returns whether there was anything. */
    boolean hear() {
        Transmit transmit = new Transmit();
        boolean heard = false;
        // Time moves on, so that nothing waits for an acknowledgement delay or the pacer.
        for (int i = 0; i < 40; i++) {
            nowNs += MS;
            if (victim.nextDeadlineNs() - nowNs <= 0) {
                victim.onTimeout(nowNs);
            }
            while (victim.pollTransmit(transmit, nowNs)) {
                heard |= onDatagram(transmit.buffer(), transmit.length());
            }
        }
        return heard;
    }

    private boolean onDatagram(byte[] buffer, int length) {
        CoalescedPackets packets = new CoalescedPackets().wrap(buffer, 0, length, SOURCE.length());
        boolean news = false;
        while (packets.next()) {
            news |= onPacket(packets.header(), buffer);
        }
        return news;
    }

    private boolean onPacket(PacketHeader header, byte[] buffer) {
        EncryptionLevel level = levelOf(header.type());
        if (level == null) {
            return false;
        }
        if (!client && destination == null) {
            ConnectionId first =
                    ConnectionId.of(
                            buffer, header.destinationIdOffset(), header.destinationIdLength());
            initialKeys(first);
        }
        Level at = levels.get(level);
        if (at.receive == null) {
            return false;
        }
        int offset = header.packetOffset();
        int numberOffset = header.packetNumberOffset();
        int numberLength = at.receive.unprotectHeader(buffer, offset, numberOffset);
        long number = PacketNumbers.read(buffer, numberOffset, numberLength);
        int payload = numberOffset + numberLength;
        int length =
                at.receive.open(
                        0,
                        number,
                        buffer,
                        offset,
                        payload - offset,
                        offset + header.packetLength() - payload);
        if (length < 0) {
            return false;
        }
        if (header.type() != PacketType.ONE_RTT) {
            destination = ConnectionId.of(buffer, header.sourceIdOffset(), header.sourceIdLength());
        }
        readingLevel = level;
        int before = at.cryptoReceived;
        new FrameReader()
                .read(new ByteReader().wrap(buffer, payload, length), header.type(), frames);
        return at.cryptoReceived != before;
    }

    private static EncryptionLevel levelOf(PacketType type) {
        return switch (type) {
            case INITIAL -> EncryptionLevel.INITIAL;
            case HANDSHAKE -> EncryptionLevel.HANDSHAKE;
            case ONE_RTT -> EncryptionLevel.ONE_RTT;
            case null, default -> null;
        };
    }

    private Object onFrame(String name, Object[] arguments) {
        if (name.equals("onCrypto")) {
            onCrypto(
                    (long) arguments[0],
                    (byte[]) arguments[1],
                    (int) arguments[2],
                    (int) arguments[3]);
        } else if (name.equals("onConnectionClose") && closeCode == NEVER) {
            closeCode = (long) arguments[1];
        }
        return null;
    }

    private void onCrypto(long streamOffset, byte[] buffer, int offset, int length) {
        Level at = levels.get(readingLevel);
        int skip = (int) (at.cryptoReceived - streamOffset);
        if (skip >= 0 && skip < length) {
            at.cryptoReceived += length - skip;
            tls.receive(readingLevel, buffer, offset + skip, length - skip);
        }
    }

    @Override
    public void onHandshakeBytes(EncryptionLevel level, byte[] bytes) {
        levels.get(level).crypto.writeBytes(bytes);
    }

    @Override
    public void onKeys(EncryptionLevel level, PacketProtector send, PacketProtector receive) {
        levels.get(level).send = send;
        levels.get(level).receive = receive;
    }

    @Override
    public void onPeerTransportParameters(byte[] parameters) {}

    @Override
    public void onHandshakeComplete() {
        complete = true;
    }

    boolean isComplete() {
        return complete;
    }

    /** The error code of the victim's CONNECTION_CLOSE, or -1. */
    long closeCode() {
        return closeCode;
    }

    // ---- the rest

    /** What Initial packets carry from now on. */
    void token(byte[] ofInitials) {
        token = ofInitials;
    }

    /** Sends frames in a packet of that level. */
    void send(EncryptionLevel level, byte[] payload) {
        send(level, payload, 0);
    }

    /**
     * The same with bits of the first byte turned over before they are protected.
     *
     * @param flippedBits of the first byte
     */
    void send(EncryptionLevel level, byte[] payload, int flippedBits) {
        Level at = levels.get(level);
        byte[] buffer = new byte[2048];
        ByteWriter out = new ByteWriter().wrap(buffer, 0, buffer.length);
        int lengthOffset = -1;
        int numberOffset;
        if (level == EncryptionLevel.ONE_RTT) {
            numberOffset = PacketHeaderWriter.writeShort(out, destination, false, at.nextNumber, 4);
        } else {
            lengthOffset =
                    PacketHeaderWriter.writeLong(
                            out,
                            typeOf(level),
                            Versions.V1,
                            destination,
                            SOURCE,
                            level == EncryptionLevel.INITIAL ? token : new byte[0],
                            at.nextNumber,
                            4);
            numberOffset = lengthOffset + PacketHeaderWriter.LENGTH_FIELD_BYTES;
        }
        buffer[0] ^= (byte) flippedBits;
        int payloadOffset = out.position();
        out.writeBytes(payload);
        int end = out.position() + PacketProtector.TAG_BYTES;
        if (level == EncryptionLevel.INITIAL && end < 1200 && payload.length > 0) {
            out.writeZeros(1200 - end);
            end = 1200;
        }
        if (lengthOffset >= 0) {
            PacketHeaderWriter.setLength(buffer, lengthOffset, end - numberOffset);
        }
        at.send.seal(0, at.nextNumber, buffer, 0, payloadOffset, out.position() - payloadOffset);
        at.send.protectHeader(buffer, 0, numberOffset, payloadOffset - numberOffset);
        at.nextNumber++;
        victim.onDatagram(OURS, THEIRS, 0, buffer, 0, end, nowNs);
    }

    private static PacketType typeOf(EncryptionLevel level) {
        return switch (level) {
            case INITIAL -> PacketType.INITIAL;
            case HANDSHAKE -> PacketType.HANDSHAKE;
            case ZERO_RTT, ONE_RTT -> PacketType.ZERO_RTT;
        };
    }
}
