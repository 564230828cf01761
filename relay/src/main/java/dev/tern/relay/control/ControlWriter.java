package dev.tern.relay.control;

import dev.tern.crypto.identity.PeerId;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.ConnectionId;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Encodes control messages: length of what follows, type, body. Not thread-safe. */
public final class ControlWriter {
    /** No message of ours is longer; a longer one received is an error. */
    static final int MAX_MESSAGE_BYTES = 4096;

    private static final int LENGTH_BYTES = 2;

    private final byte[] buffer = new byte[LENGTH_BYTES + MAX_MESSAGE_BYTES];
    private final ByteWriter out = new ByteWriter();

    /** The message as it goes on the stream. */
    public byte[] encode(ControlMessage message) {
        out.wrap(buffer, LENGTH_BYTES, MAX_MESSAGE_BYTES);
        write(message);
        int end = out.position();
        out.position(0);
        out.writeVarint2(end - LENGTH_BYTES);
        return Arrays.copyOf(buffer, end);
    }

    private void write(ControlMessage message) {
        switch (message) {
            case ControlMessage.Hello hello -> {
                out.writeVarint(MessageType.HELLO);
                out.writeLong(hello.instance());
            }
            case ControlMessage.Welcome welcome -> {
                out.writeVarint(MessageType.WELCOME);
                out.writeShort(welcome.relayId());
                out.writeVarint(welcome.maxBytesPerSecond());
                out.writeVarint(welcome.idLifetimeMs());
                writeIds(welcome.ids());
            }
            case ControlMessage.CidRequest request -> {
                out.writeVarint(MessageType.CID_REQUEST);
                out.writeVarint(request.count());
            }
            case ControlMessage.CidBatch batch -> {
                out.writeVarint(MessageType.CID_BATCH);
                out.writeVarint(batch.lifetimeMs());
                writeIds(batch.ids());
            }
            case ControlMessage.Dial dial -> {
                out.writeVarint(MessageType.DIAL);
                writePeer(dial.target());
            }
            case ControlMessage.Dialled dialled -> {
                out.writeVarint(MessageType.DIALLED);
                writePeer(dialled.target());
                writeIds(dialled.ids());
            }
            case ControlMessage.Incoming incoming -> {
                out.writeVarint(MessageType.INCOMING);
                writePeer(incoming.dialler());
                writeId(incoming.given());
            }
            case ControlMessage.Notify notify -> {
                out.writeVarint(MessageType.NOTIFY);
                out.writeVarint(notify.peers().size());
                notify.peers().forEach(this::writePeer);
            }
            case ControlMessage.PeerMoved moved -> {
                out.writeVarint(MessageType.PEER_MOVED);
                writePeer(moved.peer());
            }
            case ControlMessage.Drop drop -> {
                out.writeVarint(MessageType.DROP);
                out.writeLong(drop.instance());
            }
            case ControlMessage.Query query -> {
                out.writeVarint(MessageType.QUERY);
                writePeer(query.peer());
                out.writeLong(query.instance());
            }
            case ControlMessage.Presence presence -> {
                out.writeVarint(MessageType.PRESENCE);
                writePeer(presence.peer());
                out.writeLong(presence.instance());
                out.writeByte(presence.registered() ? 1 : 0);
            }
            case ControlMessage.GoAway _ -> out.writeVarint(MessageType.GOAWAY);
            case ControlMessage.Refused refused -> {
                out.writeVarint(MessageType.ERROR);
                out.writeVarint(refused.code());
                byte[] text = refused.text().getBytes(StandardCharsets.UTF_8);
                out.writeVarint(text.length);
                out.writeBytes(text);
            }
        }
    }

    private void writePeer(PeerId peer) {
        out.writeBytes(peer.bytes());
    }

    private void writeIds(List<ConnectionId> ids) {
        out.writeVarint(ids.size());
        ids.forEach(this::writeId);
    }

    private void writeId(ConnectionId id) {
        out.writeByte(id.length());
        id.write(out);
    }
}
