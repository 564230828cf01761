package dev.tern.nat.punch;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** The addresses that this side announced, and the local socket behind each. */
final class OwnCandidates {
    static final int MAX_CANDIDATES = 8;

    private final List<Row> rows = new ArrayList<>();
    private long nextSequence;

    /** A candidate, our number for it, and the local socket that it leads to. */
    record Row(long sequence, InetSocketAddress local, Candidate candidate) {
        InetAddress ip() {
            return candidate.address().getAddress();
        }
    }

    boolean isKnown(InetSocketAddress local, InetSocketAddress address) {
        for (Row row : rows) {
            if (row.local().equals(local) && row.candidate().address().equals(address)) {
                return true;
            }
        }
        return false;
    }

    boolean isFull() {
        return rows.size() >= MAX_CANDIDATES;
    }

    /**
     * Makes room: what others observed comes and goes, host addresses stay.
     *
     * @return what was removed, or null where all are host addresses
     */
    Row removeOldestObserved() {
        for (Row row : rows) {
            if (row.candidate().kind() == Candidate.Kind.OBSERVED) {
                rows.remove(row);
                return row;
            }
        }
        return null;
    }

    Row add(InetSocketAddress local, Candidate candidate) {
        Row row = new Row(nextSequence++, local, candidate);
        rows.add(row);
        return row;
    }

    List<Row> removeLocal(InetSocketAddress local) {
        List<Row> removed = rows.stream().filter(row -> row.local().equals(local)).toList();
        rows.removeAll(removed);
        return removed;
    }

    /** The local socket behind one of our numbers, or null. */
    InetSocketAddress localOf(long sequence) {
        for (Row row : rows) {
            if (row.sequence() == sequence) {
                return row.local();
            }
        }
        return null;
    }

    List<InetSocketAddress> locals() {
        return rows.stream().map(Row::local).distinct().toList();
    }

    /**
     * Whether probes from that socket to that address make sense: the same IP version, and what is
     * private to a site, a link or a host only from an address in such a place.
     */
    boolean mayPair(InetSocketAddress local, InetSocketAddress remote) {
        return hostRow(local, remote) != null || observedRow(local, remote) != null;
    }

    /**
     * The address at which {@code remote} should probe that socket, or null where there is none.
     */
    InetSocketAddress addressTowards(InetSocketAddress local, InetSocketAddress remote) {
        Row row = observedRow(local, remote);
        if (row == null) {
            row = hostRow(local, remote);
        }
        return row == null || scope(row) != AddressScope.of(remote.getAddress())
                ? null
                : row.candidate().address();
    }

    private static AddressScope scope(Row row) {
        return AddressScope.of(row.ip());
    }

    private Row observedRow(InetSocketAddress local, InetSocketAddress remote) {
        AddressScope scope = AddressScope.of(remote.getAddress());
        Row newest = null;
        for (Row row : rows) {
            if (row.local().equals(local)
                    && row.candidate().kind() == Candidate.Kind.OBSERVED
                    && sameVersion(row.ip(), remote.getAddress())
                    && scope(row) == scope) {
                newest = row;
            }
        }
        return newest;
    }

    private Row hostRow(InetSocketAddress local, InetSocketAddress remote) {
        AddressScope scope = AddressScope.of(remote.getAddress());
        for (Row row : rows) {
            if (row.local().equals(local)
                    && row.candidate().kind() == Candidate.Kind.HOST
                    && sameVersion(row.ip(), remote.getAddress())
                    && reaches(scope(row), scope)
                    && !row.candidate().address().equals(remote)) {
                return row;
            }
        }
        return null;
    }

    /** Out to the whole world through a NAT, but never off this host or this link without one. */
    private static boolean reaches(AddressScope from, AddressScope to) {
        return from == to
                || (to == AddressScope.GLOBAL
                        && (from == AddressScope.PRIVATE || from == AddressScope.SHARED));
    }

    private static boolean sameVersion(InetAddress one, InetAddress other) {
        return one instanceof Inet4Address == other instanceof Inet4Address;
    }
}
