package dev.tern.nat.punch;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** The addresses that the peer announced and the filter passed. The newest ones win. */
final class PeerCandidates {
    static final int MAX_CANDIDATES = 16;

    private final List<Row> rows = new ArrayList<>();

    /** An address and the peer's number for it. */
    record Row(long sequence, InetSocketAddress address) {}

    /** Returns whether the address is new. */
    boolean add(long sequence, InetSocketAddress address) {
        boolean known = false;
        for (Row row : rows) {
            known |= row.address().equals(address);
        }
        rows.removeIf(row -> row.sequence() == sequence || row.address().equals(address));
        if (rows.size() == MAX_CANDIDATES) {
            rows.removeFirst();
        }
        rows.add(new Row(sequence, address));
        return !known;
    }

    void remove(long sequence) {
        rows.removeIf(row -> row.sequence() == sequence);
    }

    List<Row> all() {
        return rows;
    }
}
