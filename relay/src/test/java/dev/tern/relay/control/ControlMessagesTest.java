package dev.tern.relay.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tern.crypto.identity.PeerId;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.VarInt;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

class ControlMessagesTest {
    @Property(tries = 300)
    void shouldReadWhatWasWrittenInAnyPieces(
            @ForAll("messages") @Size(max = 8) List<ControlMessage> messages, @ForAll long seed) {
        ControlWriter writer = new ControlWriter();
        ControlReader reader = new ControlReader();
        SplittableRandom random = new SplittableRandom(seed);
        List<ControlMessage> read = new ArrayList<>();

        for (ControlMessage message : messages) {
            byte[] bytes = writer.encode(message);
            for (int offset = 0; offset < bytes.length; ) {
                int count = Math.min(bytes.length - offset, random.nextInt(40) + 1);
                reader.read(bytes, offset, count, read::add);
                offset += count;
            }
        }

        assertThat(read).isEqualTo(messages);
    }

    @Property(tries = 500)
    void shouldThrowNothingButItsOwnErrorForAnyBytes(@ForAll byte[] bytes) {
        readHostile(bytes);
    }

    @Property(tries = 500)
    void shouldThrowNothingButItsOwnErrorForDamagedMessages(
            @ForAll("message") ControlMessage message, @ForAll long seed) {
        byte[] bytes = new ControlWriter().encode(message);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        readHostile(bytes);
    }

    private static void readHostile(byte[] bytes) {
        ControlReader reader = new ControlReader();
        List<ControlMessage> read = new ArrayList<>();
        try {
            reader.read(bytes, 0, bytes.length, read::add);
        } catch (ControlException e) {
            assertThat(e).hasMessageStartingWith("control message");
        }
        ControlWriter writer = new ControlWriter();
        read.forEach(writer::encode); // what was read can be said, too
    }

    @Example
    void shouldSkipMessagesOfUnknownTypes() {
        ByteWriter out = new ByteWriter().wrap(new byte[200], 0, 200);
        out.writeVarint(100);
        out.writeVarint(VarInt.MAX);
        out.writeBytes(new byte[92]);
        byte[] known = new ControlWriter().encode(new ControlMessage.GoAway());
        out.writeBytes(known);
        List<ControlMessage> read = new ArrayList<>();

        new ControlReader().read(out.array(), 0, out.position(), read::add);

        assertThat(read).containsExactly(new ControlMessage.GoAway());
    }

    @Example
    void shouldRefuseAMessageThatIsTooLongBeforeItArrives() {
        ByteWriter out = new ByteWriter().wrap(new byte[8], 0, 8);
        out.writeVarint(5000);

        assertThatThrownBy(() -> new ControlReader().read(out.array(), 0, 2, message -> {}))
                .isInstanceOf(ControlException.class)
                .hasMessage("control message of 5000 bytes passes limit 4096");
    }

    @Example
    void shouldRefuseBytesBehindTheEnd() {
        byte[] bytes = Arrays.copyOf(new ControlWriter().encode(new ControlMessage.Hello(1)), 12);
        bytes[1]++;

        assertThatThrownBy(() -> new ControlReader().read(bytes, 0, 12, message -> {}))
                .isInstanceOf(ControlException.class)
                .hasMessage("control message of type 0: 1 bytes behind its end");
    }

    @Example
    void shouldRefuseTooManyIds() {
        assertThatThrownBy(() -> read(MessageType.CID_REQUEST, 33))
                .isInstanceOf(ControlException.class)
                .hasMessage("control message: 33 connection IDs, at most 32");
        assertThatThrownBy(() -> read(MessageType.NOTIFY, 65))
                .isInstanceOf(ControlException.class)
                .hasMessage("control message: 65 peers, at most 64");
    }

    private static void read(int type, long body) {
        ByteWriter out = new ByteWriter().wrap(new byte[16], 0, 16);
        out.writeVarint(1 + VarInt.size(body));
        out.writeVarint(type);
        out.writeVarint(body);
        new ControlReader().read(out.array(), 0, out.position(), message -> {});
    }

    @Provide
    Arbitrary<List<ControlMessage>> messages() {
        return message().list().ofMaxSize(8);
    }

    @Provide
    Arbitrary<ControlMessage> message() {
        Arbitrary<Long> any = Arbitraries.longs();
        Arbitrary<Long> varint = Arbitraries.longs().between(0, VarInt.MAX);
        Arbitrary<PeerId> peer = Arbitraries.bytes().array(byte[].class).ofSize(32).map(PeerId::of);
        Arbitrary<ConnectionId> id =
                Arbitraries.bytes()
                        .array(byte[].class)
                        .ofMinSize(1)
                        .ofMaxSize(20)
                        .map(ConnectionId::of);
        Arbitrary<List<ConnectionId>> ids = id.list().ofMaxSize(ControlMessage.MAX_IDS);
        Arbitrary<Integer> relayId = Arbitraries.integers().between(0, 0xffff);
        Arbitrary<String> text = Arbitraries.strings().alpha().ofMaxLength(512);
        return Arbitraries.oneOf(
                any.map(ControlMessage.Hello::new),
                Combinators.combine(relayId, varint, varint, ids).as(ControlMessage.Welcome::new),
                Arbitraries.integers().between(0, 32).map(ControlMessage.CidRequest::new),
                Combinators.combine(varint, ids).as(ControlMessage.CidBatch::new),
                peer.map(ControlMessage.Dial::new),
                Combinators.combine(peer, ids).as(ControlMessage.Dialled::new),
                Combinators.combine(peer, id).as(ControlMessage.Incoming::new),
                peer.list().ofMaxSize(ControlMessage.MAX_PEERS).map(ControlMessage.Notify::new),
                peer.map(ControlMessage.PeerMoved::new),
                any.map(ControlMessage.Drop::new),
                Combinators.combine(peer, any).as(ControlMessage.Query::new),
                Combinators.combine(peer, any, Arbitraries.of(true, false))
                        .as(ControlMessage.Presence::new),
                Arbitraries.create(ControlMessage.GoAway::new),
                Combinators.combine(varint, text).as(ControlMessage.Refused::new));
    }
}
