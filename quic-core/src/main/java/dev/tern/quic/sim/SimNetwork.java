package dev.tern.quic.sim;

import dev.tern.quic.endpoint.DatagramNode;

import java.util.ArrayList;
import java.util.List;

/**
 * Carries packets between hosts: out through the elements on the sender's path to the core, then in
 * through those on the way to whoever has the destination address. The core itself takes no time
 * and loses nothing.
 */
public final class SimNetwork {
    private final SimWorld world;
    private final List<SimHost> hosts = new ArrayList<>();
    private final List<SimAttachment> attachments = new ArrayList<>();
    private final List<SimObserver> observers = new ArrayList<>();

    SimNetwork(SimWorld world) {
        this.world = world;
    }

    /** A new host without an address. */
    public SimHost host(DatagramNode node) {
        SimHost host = new SimHost(this, node);
        hosts.add(host);
        return host;
    }

    /** Shows all further packets to an observer. */
    public void observe(SimObserver observer) {
        observers.add(observer);
    }

    /** A packet appears in the core: an attacker's, under any address it likes. */
    public void inject(SimPacket packet) {
        observe(SimObserver.Event.INJECTED, packet);
        enter(packet, world.nowNs());
    }

    SimWorld world() {
        return world;
    }

    void attach(SimAttachment attachment) {
        attachments.add(attachment);
    }

    void detach(SimAttachment attachment) {
        attachments.remove(attachment);
    }

    void drainAll() {
        hosts.forEach(SimHost::drain);
    }

    void observe(SimObserver.Event event, SimPacket packet) {
        world.trace(event, packet);
        for (SimObserver observer : observers) {
            observer.onPacket(event, packet, world.nowNs());
        }
    }

    /** A host sends a packet. */
    void leave(SimAttachment source, SimPacket packet, long nowNs) {
        moveOutward(source, -1, packet, nowNs);
    }

    private void moveOutward(SimAttachment source, int index, SimPacket packet, long nowNs) {
        int next = index + 1;
        if (!source.isUp()) {
            observe(SimObserver.Event.UNROUTABLE, packet);
        } else if (next == source.pathLength()) {
            enter(packet, nowNs);
        } else {
            source.element(next).onOutbound(packet, nowNs, new Exit(source, next));
        }
    }

    /** The core looks for the path to the destination. */
    private void enter(SimPacket packet, long nowNs) {
        for (SimAttachment attachment : attachments) {
            if (attachment.leadsTo(packet.to(), attachment.pathLength())) {
                moveInward(attachment, attachment.pathLength(), packet, nowNs);
                return;
            }
        }
        observe(SimObserver.Event.UNROUTABLE, packet);
    }

    /** An element lets a packet go towards the hosts behind it. */
    private void descend(SimElement element, SimPacket packet, long nowNs) {
        for (SimAttachment attachment : attachments) {
            int index = attachment.indexOf(element);
            if (index >= 0 && attachment.leadsTo(packet.to(), index)) {
                moveInward(attachment, index, packet, nowNs);
                return;
            }
        }
        observe(SimObserver.Event.UNROUTABLE, packet);
    }

    private void moveInward(SimAttachment target, int index, SimPacket packet, long nowNs) {
        if (!target.isUp()) {
            observe(SimObserver.Event.UNROUTABLE, packet);
        } else if (index > 0) {
            int next = index - 1;
            target.element(next).onInbound(packet, nowNs, new Exit(target, next));
        } else {
            observe(SimObserver.Event.DELIVERED, packet);
            target.host().deliver(target.local(), packet);
        }
    }

    /** The way on from one element of a path. */
    private final class Exit implements SimExit {
        private final SimAttachment attachment;
        private final int index;

        Exit(SimAttachment attachment, int index) {
            this.attachment = attachment;
            this.index = index;
        }

        @Override
        public void outward(SimPacket packet, long delayNs) {
            world.schedule(
                    world.nowNs() + delayNs,
                    () -> moveOutward(attachment, index, packet, world.nowNs()));
        }

        @Override
        public void inward(SimPacket packet, long delayNs) {
            // Once the host is settled the packet shares its fate, even if the same address is up
            // again by then; before that it goes by whatever host still has the element.
            boolean settled =
                    attachment.isPrivateFrom(index) && attachment.leadsTo(packet.to(), index);
            SimElement element = attachment.element(index);
            world.schedule(
                    world.nowNs() + delayNs,
                    () -> {
                        if (settled) {
                            moveInward(attachment, index, packet, world.nowNs());
                        } else {
                            descend(element, packet, world.nowNs());
                        }
                    });
        }
    }
}
