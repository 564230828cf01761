package dev.tern.quic.endpoint;

import dev.tern.quic.connection.Transmit;
import dev.tern.quic.path.IcmpError;

import java.net.InetSocketAddress;

/**
 * A program's protocol side without input and output: datagrams and the time go in, datagrams and
 * the next deadline come out. An agent drives it over sockets, a simulation in virtual time.
 *
 * <p>All calls come from one thread. Times are of one monotonic clock with any origin.
 */
public interface DatagramNode {
    /**
     * A datagram arrived. The bytes may be changed in place (packets are unprotected there) and are
     * the caller's again when the call returns.
     *
     * @param local the local socket's address
     * @param remote where the datagram came from
     * @param ecn the two ECN bits of the IP header, 0 where unknown
     */
    void onDatagram(
            InetSocketAddress local,
            InetSocketAddress remote,
            int ecn,
            byte[] buffer,
            int offset,
            int length,
            long nowNs);

    /**
     * Fills in the next datagram to send, or a train of them where there is room for one.
     *
     * @return whether there was one; after {@code false} there is none until the next input or the
     *     next deadline
     */
    boolean pollTransmit(Transmit transmit, long nowNs);

    /** When {@link #onTimeout} wants to be called, or {@link Long#MAX_VALUE} for never. */
    long nextDeadlineNs();

    /** The deadline has passed. */
    void onTimeout(long nowNs);

    /**
     * The network says that a datagram did not arrive (ICMP), where the transport can tell. A hint:
     * anybody can make it up.
     *
     * @param quoted holds the first bytes of the datagram, as far as the message has them
     */
    default void onIcmpError(
            InetSocketAddress local,
            InetSocketAddress remote,
            IcmpError error,
            byte[] quoted,
            int offset,
            int length,
            long nowNs) {}

    /**
     * Datagrams sent from this address carry the ECN bits asked for, and those received show
     * theirs. Told before {@link #onLocalAddressUp}, and never where the transport cannot.
     */
    default void onEcnUsable(InetSocketAddress local) {}

    /** A local address can be sent from now: its socket is open. */
    default void onLocalAddressUp(InetSocketAddress local, long nowNs) {}

    /** A local address is gone; its socket is closed, nothing sent from it will leave. */
    default void onLocalAddressDown(InetSocketAddress local, long nowNs) {}
}
