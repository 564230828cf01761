package dev.tern.quic.io;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The open sockets of an agent, by local address. Not thread-safe. */
final class LocalSockets {
    private final Map<InetSocketAddress, UdpTransport> byAddress = new HashMap<>();
    private final List<UdpTransport> inOrder = new ArrayList<>();

    /** What was asked for last, since most datagrams leave from where the one before them did. */
    private InetSocketAddress lastAddress;

    private UdpTransport last;

    void add(UdpTransport transport) {
        lastAddress = null;
        byAddress.put(transport.local(), transport);
        inOrder.add(transport);
    }

    /** The socket of an address, or null. */
    @SuppressWarnings("ReferenceEquality") // An equal one is looked up, and that is all.
    UdpTransport at(InetSocketAddress local) {
        if (local != lastAddress) {
            last = byAddress.get(local);
            lastAddress = local;
        }
        return last;
    }

    /** Closes and forgets the socket of an address; returns whether there was one. */
    boolean close(InetSocketAddress local) {
        lastAddress = null;
        UdpTransport transport = byAddress.remove(local);
        if (transport == null) {
            return false;
        }
        inOrder.remove(transport);
        transport.close();
        return true;
    }

    void closeAll() {
        lastAddress = null;
        inOrder.forEach(UdpTransport::close);
        inOrder.clear();
        byAddress.clear();
    }

    /** Hands over what has arrived at every socket, at most {@code limit} datagrams of each. */
    int receive(UdpTransport.Receiver receiver, int limit) {
        int count = 0;
        // By index, for what is received may open and close sockets.
        for (int i = 0; i < inOrder.size(); i++) {
            count += inOrder.get(i).receive(receiver, limit);
        }
        return count;
    }

    /** Whether trains can be sent, whichever of the sockets they leave from. */
    boolean takeTrains() {
        for (int i = 0; i < inOrder.size(); i++) {
            if (!inOrder.get(i).takesTrains()) {
                return false;
            }
        }
        return true;
    }

    int size() {
        return inOrder.size();
    }

    UdpTransport get(int index) {
        return inOrder.get(index);
    }

    List<InetSocketAddress> addresses() {
        return inOrder.stream().map(UdpTransport::local).toList();
    }
}
