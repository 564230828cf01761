package dev.tern.fuzz.sim;

/**
 * Keys are updated after the handshake is confirmed, and again only after a packet with the present
 * ones was acknowledged, or because the other side updated its own (RFC 9001 §6).
 */
final class KeyRule extends Rule {
    private int updates;
    private int othersUpdates;
    private long firstNumber;
    private boolean acknowledged;

    KeyRule(Party party) {
        super("keys", party);
    }

    @Override
    void onDelivered(ObservedPacket packet, Delivery delivery) {
        othersUpdates = Math.max(othersUpdates, packet.keyUpdates());
        for (ObservedFrame frame : packet.frames()) {
            if (packet.isOneRtt() && frame instanceof ObservedFrame.Ack ack) {
                acknowledged |= ack.largest() >= firstNumber;
            }
        }
    }

    @Override
    void onSent(ObservedPacket packet) {
        if (!packet.isOneRtt() || packet.keyUpdates() == updates) {
            return;
        }
        boolean follows = packet.keyUpdates() <= othersUpdates;
        boolean once = packet.keyUpdates() == updates + 1;
        boolean may = party().isComplete() && once && (updates == 0 || acknowledged);
        require(follows || may, "updates its keys once more before its packets are acknowledged");
        updates = packet.keyUpdates();
        firstNumber = packet.number();
        acknowledged = false;
    }
}
