package dev.tern.relay.control;

import dev.tern.crypto.identity.PeerId;
import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ConnectionId;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the type and the body of one message, whose end is the reader's. */
final class MessageDecoder {
    private MessageDecoder() {}

    /** The message, or null when its type is unknown. */
    static ControlMessage decode(ByteReader in) {
        long type = in.readVarint();
        if (type > MessageType.ERROR) {
            return null;
        }
        ControlMessage message =
                switch ((int) type) {
                    case MessageType.HELLO -> new ControlMessage.Hello(in.readLong());
                    case MessageType.WELCOME ->
                            new ControlMessage.Welcome(
                                    in.readShort(), in.readVarint(), in.readVarint(), readIds(in));
                    case MessageType.CID_REQUEST ->
                            new ControlMessage.CidRequest(
                                    readCount(in, ControlMessage.MAX_IDS, "connection IDs"));
                    case MessageType.CID_BATCH ->
                            new ControlMessage.CidBatch(in.readVarint(), readIds(in));
                    case MessageType.DIAL -> new ControlMessage.Dial(readPeer(in));
                    case MessageType.DIALLED ->
                            new ControlMessage.Dialled(readPeer(in), readIds(in));
                    case MessageType.INCOMING ->
                            new ControlMessage.Incoming(readPeer(in), readId(in));
                    case MessageType.NOTIFY -> new ControlMessage.Notify(readPeers(in));
                    case MessageType.PEER_MOVED -> new ControlMessage.PeerMoved(readPeer(in));
                    case MessageType.DROP -> new ControlMessage.Drop(in.readLong());
                    case MessageType.QUERY -> new ControlMessage.Query(readPeer(in), in.readLong());
                    case MessageType.PRESENCE ->
                            new ControlMessage.Presence(
                                    readPeer(in), in.readLong(), in.readByte() != 0);
                    case MessageType.GOAWAY -> new ControlMessage.GoAway();
                    default -> new ControlMessage.Refused(in.readVarint(), readText(in));
                };
        if (in.hasRemaining()) {
            throw new ControlException(
                    "control message of type "
                            + type
                            + ": "
                            + in.remaining()
                            + " bytes behind its end");
        }
        return message;
    }

    private static PeerId readPeer(ByteReader in) {
        return PeerId.of(in.readBytes(PeerId.BYTES));
    }

    private static List<PeerId> readPeers(ByteReader in) {
        int count = readCount(in, ControlMessage.MAX_PEERS, "peers");
        List<PeerId> peers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            peers.add(readPeer(in));
        }
        return peers;
    }

    private static List<ConnectionId> readIds(ByteReader in) {
        int count = readCount(in, ControlMessage.MAX_IDS, "connection IDs");
        List<ConnectionId> ids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ids.add(readId(in));
        }
        return ids;
    }

    private static ConnectionId readId(ByteReader in) {
        int length = in.readByte();
        if (length == 0 || length > ConnectionId.MAX_LENGTH) {
            throw new ControlException("control message: connection ID of " + length + " bytes");
        }
        return ConnectionId.of(in.readBytes(length));
    }

    private static String readText(ByteReader in) {
        int length = in.readLength();
        if (length > ControlMessage.MAX_TEXT_BYTES) {
            throw new ControlException(
                    "control message: text of "
                            + length
                            + " bytes passes limit "
                            + ControlMessage.MAX_TEXT_BYTES);
        }
        // Bytes that are no UTF-8 become replacement characters, which are longer.
        String text = new String(in.readBytes(length), StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') < 0 ? text : text.replaceAll("\uFFFD", "?");
    }

    private static int readCount(ByteReader in, int limit, String what) {
        long count = in.readVarint();
        if (count > limit) {
            throw new ControlException(
                    "control message: " + count + " " + what + ", at most " + limit);
        }
        return (int) count;
    }
}
