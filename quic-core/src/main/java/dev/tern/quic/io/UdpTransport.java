package dev.tern.quic.io;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;

/** One open socket of one local address. Used by one thread; never waits. */
public interface UdpTransport extends AutoCloseable {
    /** The largest datagram that is received whole. */
    int MAX_DATAGRAM_BYTES = 65_535;

    /** What became of a datagram handed over for sending. */
    enum Sent {
        /** It is the system's now. */
        DONE,
        /** There is no room for it at the moment. */
        FULL,
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
     * @param limit how many datagrams at most
     * @return how many there were
     */
    int receive(Receiver receiver, int limit);

    /** Sends a datagram. */
    Sent send(InetSocketAddress remote, int ecn, byte[] buffer, int offset, int length);

    /** Lets the selector wake up when a datagram arrives. */
    void register(Selector selector) throws IOException;

    /** Closes the socket; nothing is received or sent after it. */
    @Override
    void close();
}
