package dev.tern.fuzz;

import dev.tern.crypto.identity.PeerId;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.relay.control.ControlMessage;
import dev.tern.relay.control.ControlWriter;

import java.util.List;
import java.util.Locale;

/** Every control message, in one piece. */
final class ControlSeeds {
    private static final PeerId PEER = PeerId.of(new byte[PeerId.BYTES]);
    private static final ConnectionId ID = ConnectionId.of(new byte[17]);
    private static final List<ControlMessage> MESSAGES =
            List.of(
                    new ControlMessage.Hello(7),
                    new ControlMessage.Welcome(1, 1_000_000, 60_000, List.of(ID, ID)),
                    new ControlMessage.CidRequest(8),
                    new ControlMessage.CidBatch(60_000, List.of(ID)),
                    new ControlMessage.Dial(PEER),
                    new ControlMessage.Dialled(PEER, List.of(ID)),
                    new ControlMessage.Incoming(PEER, ID),
                    new ControlMessage.Notify(List.of(PEER, PEER)),
                    new ControlMessage.PeerMoved(PEER),
                    new ControlMessage.Drop(7),
                    new ControlMessage.Query(PEER, 7),
                    new ControlMessage.Presence(PEER, 7, true),
                    new ControlMessage.GoAway(),
                    new ControlMessage.Refused(3, "no such peer"));

    private ControlSeeds() {}

    static void addTo(SeedCorpus corpus) {
        ControlWriter writer = new ControlWriter();
        for (ControlMessage message : MESSAGES) {
            corpus.add(
                    ControlReaderFuzzTest.class,
                    message.getClass().getSimpleName().toLowerCase(Locale.ROOT),
                    out -> {
                        out.writeByte(0xff);
                        out.writeBytes(writer.encode(message));
                    });
        }
        corpus.add(
                ControlReaderFuzzTest.class,
                "all_in_small_pieces",
                out -> {
                    out.writeByte(2);
                    MESSAGES.forEach(message -> out.writeBytes(writer.encode(message)));
                });
    }
}
