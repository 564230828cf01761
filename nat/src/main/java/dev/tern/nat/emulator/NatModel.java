package dev.tern.nat.emulator;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A NAT between one inside network and one public address, by its mapping and filtering behaviour
 * (RFC 4787). Knows addresses and the time, never packets: whoever has the packets asks where they
 * go on. Not thread-safe.
 */
public final class NatModel {
    /** RFC 4787 §4.3, REQ-5: no less than two minutes. */
    public static final long DEFAULT_TIMEOUT_NS = 120_000_000_000L;

    /** A real NAT's table ends somewhere, too; beyond it new flows are dropped. */
    static final int MAX_MAPPINGS = 4096;

    private final NatKind kind;
    private final InetAddress publicAddress;
    private final ExternalPorts ports;
    private final List<NatMapping> mappings = new ArrayList<>();
    private long timeoutNs = DEFAULT_TIMEOUT_NS;
    private boolean hairpinning;
    private boolean dead;

    /**
     * @param kind any but NONE, which needs no model
     */
    public NatModel(NatKind kind, InetAddress publicAddress, ExternalPorts ports) {
        if (kind == NatKind.NONE) {
            throw new IllegalArgumentException("where there is no NAT there is nothing to model");
        }
        this.kind = kind;
        this.publicAddress = publicAddress;
        this.ports = ports;
    }

    /** How long a mapping lives after the last packet from inside. */
    public NatModel timeoutNs(long newTimeoutNs) {
        timeoutNs = newTimeoutNs;
        return this;
    }

    /** Whether inside hosts reach each other by their external addresses (RFC 4787 §6). */
    public NatModel hairpinning(boolean hairpins) {
        hairpinning = hairpins;
        return this;
    }

    /** A dead NAT drops everything without a word. */
    public void dead(boolean isDead) {
        dead = isDead;
    }

    /** The NAT restarts: flows from inside go on from other ports. */
    public void forgetMappings() {
        for (NatMapping mapping : mappings) {
            ports.release(mapping.externalPort());
        }
        mappings.clear();
    }

    /** Frees the ports of mappings that nobody used for long. */
    public void expire(long nowNs) {
        for (Iterator<NatMapping> each = mappings.iterator(); each.hasNext(); ) {
            NatMapping mapping = each.next();
            if (mapping.isExpired(timeoutNs, nowNs)) {
                each.remove();
                ports.release(mapping.externalPort());
            }
        }
    }

    public InetAddress publicAddress() {
        return publicAddress;
    }

    /**
     * A packet goes out.
     *
     * @return the external address that it comes from now, or null where it is dropped
     */
    public InetSocketAddress outbound(InetSocketAddress inside, InetSocketAddress far, long nowNs) {
        if (dead) {
            return null;
        }
        expire(nowNs);
        NatMapping mapping = mappingFor(inside, far);
        if (mapping == null) {
            mapping = newMapping(inside, far);
        }
        if (mapping == null) {
            return null;
        }
        mapping.onOutbound(far, nowNs);
        return new InetSocketAddress(publicAddress, mapping.externalPort());
    }

    private NatMapping mappingFor(InetSocketAddress inside, InetSocketAddress far) {
        for (NatMapping mapping : mappings) {
            if (mapping.serves(inside, far, kind.mapping())) {
                return mapping;
            }
        }
        return null;
    }

    private NatMapping newMapping(InetSocketAddress inside, InetSocketAddress far) {
        int port = mappings.size() < MAX_MAPPINGS ? ports.allocate() : ExternalPorts.NONE_LEFT;
        if (port == ExternalPorts.NONE_LEFT) {
            return null;
        }
        NatMapping mapping = new NatMapping(inside, port, far);
        mappings.add(mapping);
        return mapping;
    }

    /**
     * A packet comes in to a port of the public address.
     *
     * @return the inside address that it goes to, or null where it is dropped
     */
    public InetSocketAddress inbound(int externalPort, InetSocketAddress far, long nowNs) {
        if (dead) {
            return null;
        }
        expire(nowNs);
        for (NatMapping mapping : mappings) {
            if (mapping.externalPort() == externalPort) {
                return mapping.admits(far, kind.filtering(), timeoutNs, nowNs)
                        ? mapping.inside()
                        : null;
            }
        }
        return null;
    }

    /** Whether a packet from inside is for the NAT itself, and it sends such back in. */
    public boolean hairpins(InetSocketAddress far) {
        return hairpinning && isPublic(far);
    }

    /** Whether a packet's destination is the NAT's own address. */
    public boolean isPublic(InetSocketAddress far) {
        return far.getAddress().equals(publicAddress);
    }
}
