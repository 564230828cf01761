package dev.tern.relay.server;

import dev.tern.crypto.identity.PeerId;

import org.agrona.collections.Long2ObjectHashMap;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who is registered: found by route tag and by address for each datagram, by peer id for control.
 * Not thread-safe.
 */
final class Registrations {
    private final Long2ObjectHashMap<RegisteredPeer> byTag = new Long2ObjectHashMap<>();
    private final Map<InetSocketAddress, RegisteredPeer> byAddress = new HashMap<>();
    private final Map<PeerId, List<RegisteredPeer>> byId = new HashMap<>();
    private int count;

    int count() {
        return count;
    }

    RegisteredPeer byTag(long tag) {
        return byTag.get(tag);
    }

    RegisteredPeer byAddress(InetSocketAddress remote) {
        return byAddress.get(remote);
    }

    /** All registrations of one peer, the newest last. */
    List<RegisteredPeer> of(PeerId id) {
        return byId.getOrDefault(id, List.of());
    }

    Iterable<RegisteredPeer> all() {
        List<RegisteredPeer> all = new ArrayList<>(count);
        byId.values().forEach(all::addAll);
        return all;
    }

    void add(RegisteredPeer peer) {
        byId.computeIfAbsent(peer.id(), id -> new ArrayList<>()).add(peer);
        count++;
    }

    /**
     * Lets a tag lead to a peer.
     *
     * @return to whom else it led until now, or null
     */
    RegisteredPeer addTag(RegisteredPeer peer, long tag) {
        RegisteredPeer before = byTag.put(tag, peer);
        if (before != null) {
            before.removeTag(tag);
        }
        if (peer.tagCount() == RegisteredPeer.MAX_TAGS) {
            dropTag(peer, peer.tag(0));
        }
        peer.addTag(tag);
        return before == peer ? null : before;
    }

    void dropTag(RegisteredPeer peer, long tag) {
        byTag.remove(tag);
        peer.removeTag(tag);
    }

    /** A peer is somewhere else now. */
    void move(
            RegisteredPeer peer,
            InetSocketAddress local,
            InetSocketAddress remote,
            boolean allowed,
            boolean validated) {
        byAddress.remove(peer.address().remote(), peer);
        peer.address().moveTo(local, remote, allowed, validated);
        byAddress.put(remote, peer);
    }

    void remove(RegisteredPeer peer) {
        while (peer.tagCount() > 0) {
            dropTag(peer, peer.newestTag());
        }
        byAddress.remove(peer.address().remote(), peer);
        List<RegisteredPeer> same = byId.get(peer.id());
        if (same != null && same.remove(peer)) {
            count--;
            if (same.isEmpty()) {
                byId.remove(peer.id());
            }
        }
    }
}
