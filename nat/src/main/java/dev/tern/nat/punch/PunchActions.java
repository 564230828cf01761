package dev.tern.nat.punch;

import java.net.InetSocketAddress;

/** What a {@link HolePuncher} has its connection do. */
public interface PunchActions {
    /** ADD_ADDRESS. */
    void addAddress(long sequence, InetSocketAddress address);

    /** PUNCH_ME_NOW: asks for probes of {@code address} from the peer's address of that number. */
    void punchMeNow(long round, long pairedWithSequence, InetSocketAddress address);

    /** REMOVE_ADDRESS. */
    void removeAddress(long sequence);

    /**
     * Sends PATH_CHALLENGEs between two addresses, again and again at growing intervals, until one
     * is answered or {@code durationNs} is over.
     *
     * @return whether it can; not without an unused connection ID of the peer's
     */
    boolean probe(
            InetSocketAddress local,
            InetSocketAddress remote,
            long intervalNs,
            long durationNs,
            long nowNs);
}
