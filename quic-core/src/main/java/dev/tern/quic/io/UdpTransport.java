package dev.tern.quic.io;

import dev.tern.quic.path.IcmpError;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;

/** One open socket of one local address. Used by one thread; never waits. */
public interface UdpTransport extends AutoCloseable {
    /** The largest datagram that is received whole. */
    int MAX_DATAGRAM_BYTES = 65_535;

    /** What became of a datagram handed over for sending. */
    enum Sent {
        /** It is the system's now. */
        DONE,
        /** There is no room for it in the socket; its sleeper wakes up when there is. */
        FULL,
        /** There is no room for it further on, and nothing tells when there is. */
        BUSY,
        /**
         * It was refused, as the network might have lost it: no route to this destination, too
         * long, forbidden by a filter. The local address is as good as before.
         */
        DROPPED,
        /** The local address is gone: nothing will leave from it again. */
        GONE
    }

    /** Takes the datagrams that arrive. */
    @FunctionalInterface
    interface Receiver {
        /**
         * What comes next, up to the next such call, arrived in one piece: a datagram, or a train
         * of them. Time to look at the clock.
         */
        default void onTrain() {}

        /**
         * A datagram arrived. Its bytes may be changed, and are the transport's again after the
         * call.
         *
         * @param ecn the two ECN bits of the IP header, 0 where unknown
         */
        void onDatagram(
                UdpTransport transport,
                InetSocketAddress remote,
                int ecn,
                byte[] buffer,
                int offset,
                int length);

        /**
         * The network says that a datagram did not arrive (ICMP). Told in turn with what arrives,
         * by transports that can; anybody can make it up.
         *
         * @param destination where the datagram went
         * @param mtuBytes of {@link IcmpError#PACKET_TOO_BIG}: how large an IP packet may be; else
         *     0
         * @param quoted holds the first bytes of the datagram, as far as the message has them
         */
        default void onIcmpError(
                UdpTransport transport,
                InetSocketAddress destination,
                IcmpError error,
                int mtuBytes,
                byte[] quoted,
                int offset,
                int length) {}
    }

    /** The address bound to, with the port that was really given. */
    InetSocketAddress local();

    /** Whether it sets the ECN bits that it is told to, and shows those of what arrives. */
    default boolean carriesEcn() {
        return false;
    }

    /**
     * Hands over what has arrived.
     *
     * @param limit how many datagrams at most, but that what arrived in one piece stays together
     * @return how many there were
     */
    int receive(Receiver receiver, int limit);

    /**
     * Sends a datagram, or puts it to others that {@link #flush} sends: then this is DONE, too, and
     * what became of it is said there. The order of datagrams to one destination is kept.
     */
    Sent send(InetSocketAddress remote, int ecn, byte[] buffer, int offset, int length);

    /** Whether {@link #sendTrain} may be called now. */
    default boolean takesTrains() {
        return false;
    }

    /**
     * Sends datagrams that lie one behind the other, as {@link #send} does each of them: all, or
     * none where it says FULL or BUSY. Only where {@link #takesTrains} says so.
     *
     * @param bytes native memory, which stays as it is until {@link #flush} has sent all
     * @param length of all together, as {@link dev.tern.quic.connection.Transmit} allows
     * @param datagramBytes the length of each but the last, which may be shorter
     */
    default Sent sendTrain(
            InetSocketAddress remote,
            int ecn,
            MemorySegment bytes,
            long offset,
            int length,
            int datagramBytes) {
        throw new UnsupportedOperationException("datagrams go one by one here");
    }

    /**
     * Gives the system what {@link #send} has kept back.
     *
     * @return FULL or BUSY if some of it must wait: it is kept, and sent first by the next call;
     *     DROPPED if some of it was refused
     */
    default Sent flush() {
        return Sent.DONE;
    }

    /** How many calls to send or to receive the system has had; about, on another thread. */
    default long systemCalls() {
        return 0;
    }

    /** A place to wait in, for sockets of this kind. */
    Sleeper newSleeper() throws IOException;

    /**
     * Lets the sleeper wake up when a datagram arrives, and when there is room after {@link
     * Sent#FULL}.
     *
     * @throws IOException also if it is for sockets of another kind
     */
    void register(Sleeper sleeper) throws IOException;

    /** Closes the socket; nothing is received or sent after it. */
    @Override
    void close();
}
