package dev.tern.fuzz.sim;

import java.util.HashSet;
import java.util.Set;

/** Messages of one party in DATAGRAM frames: they may be lost, but not changed or doubled. */
final class Messages {
    /** Above all IDs of streams, whose content is made the same way. */
    private static final long FIRST = 1L << 20;

    private static final int NUMBER_BYTES = 8;

    private final Party party;
    private final Set<Long> received = new HashSet<>();
    private long next = FIRST;

    Messages(Party party) {
        this.party = party;
    }

    void send(int count, int bytes) {
        for (int i = 0; i < count && party.mayTalk(); i++) {
            int length = Math.min(bytes, party.connection().maxDatagramBytes());
            if (length >= NUMBER_BYTES) {
                party.connection().sendDatagram(message(next++, length, party.role()));
            }
        }
    }

    private byte[] message(long number, int length, Role sender) {
        byte[] message = new byte[length];
        Content.fill(message, length, party.conversation().index(), sender, number, 0);
        for (int i = 0; i < NUMBER_BYTES; i++) {
            message[i] = (byte) (number >>> 8 * i);
        }
        return message;
    }

    void onReceived(byte[] buffer, int offset, int length) {
        long number = 0;
        for (int i = 0; i < NUMBER_BYTES; i++) {
            number |= (buffer[offset + i] & 0xffL) << 8 * i;
        }
        byte[] sent = message(number, length, party.role().other());
        for (int i = 0; i < length; i++) {
            if (sent[i] != buffer[offset + i]) {
                throw new Violation("message", party + ": a byte of message " + number);
            }
        }
        if (!received.add(number)) {
            throw new Violation("message", party + ": message " + number + " comes once more");
        }
    }
}
