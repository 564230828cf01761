package dev.tern.quic.path;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.quic.recovery.FrameOwner;

/**
 * Which path carries the data. Between known paths a side changes only by PATH_SWITCH, whose higher
 * epoch wins (DESIGN §3); a packet from an unknown address follows RFC 9000 §9.3.
 *
 * <pre>
 *   here:  switchTo(path, reason)        epoch + 1, PATH_SWITCH on the new path until acknowledged
 *   there: PATH_SWITCH(epoch, reason)    epoch higher, or equal and from the dialler: follow
 * </pre>
 *
 * Owned by one agent; not thread-safe.
 */
public final class PathSwitching implements FrameOwner {
    /**
     * Enough that a relay, which may answer only in proportion, can pass a whole first flight back.
     */
    private static final int PADDED_DATAGRAMS = 4;

    private final Paths paths;
    private final boolean dialler;
    private Path current;
    private boolean spoken;
    private long epoch;
    private boolean epochIsOurs;
    private boolean acknowledged = true;
    private SwitchReason lastReason = SwitchReason.BETTER;

    /**
     * @param dialler whether this side opened the connection: it wins where epochs are equal
     */
    public PathSwitching(Paths paths, Path first, boolean dialler) {
        this.paths = paths;
        this.current = first;
        this.dialler = dialler;
    }

    /** Both sides sent Tern's transport parameter, so PATH_SWITCH may be used. */
    public void enable() {
        spoken = true;
    }

    public boolean isEnabled() {
        return spoken;
    }

    /** The path that carries the data. */
    public Path current() {
        return current;
    }

    /**
     * This side sends on another path from now on.
     *
     * @param reason GONE also declares lost whatever was in flight on the old path, for it is
     */
    public void switchTo(Path path, SwitchReason reason, long nowNs) {
        epoch++;
        epochIsOurs = true;
        lastReason = reason;
        acknowledged = false;
        current.frames().withdrawSwitch();
        if (spoken) {
            path.frames().pathSwitch(this, epoch, reason.code());
        }
        if (reason != SwitchReason.BETTER) {
            path.padNext(PADDED_DATAGRAMS);
        }
        if (!path.isValidated()) {
            paths.validate(path, nowNs);
        }
        move(path, reason, false, nowNs);
    }

    /** PATH_SWITCH came by {@code arrivedOn}. */
    public void onPathSwitch(Path arrivedOn, long newEpoch, long reasonValue, long nowNs) {
        boolean wins = newEpoch > epoch || (newEpoch == epoch && epochIsOurs && !dialler);
        if (!wins) {
            if (newEpoch == epoch
                    && epochIsOurs
                    && SwitchReason.of(reasonValue) == SwitchReason.GONE) {
                // Both moved at once. Our choice stands, but what went to the peer's old address is
                // lost.
                current.loss().declareAllLost();
            }
            return;
        }
        if (!isUsable(arrivedOn, nowNs)) {
            return;
        }
        epoch = newEpoch;
        epochIsOurs = false;
        acknowledged = true;
        current.frames().withdrawSwitch();
        SwitchReason reason = SwitchReason.of(reasonValue);
        if (reason == SwitchReason.GONE && arrivedOn.isRelayed()) {
            // The peer moved: nobody who watched it before shall know it again by our packets' ID.
            paths.refreshId(arrivedOn, false, nowNs);
        }
        if (!arrivedOn.isValidated()) {
            paths.validate(arrivedOn, nowNs); // it may be known by the peer's challenge only
        }
        move(arrivedOn, reason, true, nowNs);
    }

    /**
     * A packet that is not just a probe, and newer than all before, came by a path that must be
     * followed (RFC 9000 §9.3): the peer moved, or its NAT forgot it.
     */
    public void onMigration(Path path, long nowNs) {
        if (!isUsable(path, nowNs)) {
            return;
        }
        if (!path.isValidated()) {
            paths.validate(path, nowNs);
        }
        move(path, SwitchReason.BETTER, true, nowNs);
    }

    /** The peer may be back on a path that was given up a moment ago. */
    private boolean isUsable(Path path, long nowNs) {
        return !path.isAbandoned() || paths.revive(path, false, nowNs);
    }

    private void move(Path to, SwitchReason reason, boolean byPeer, long nowNs) {
        Path from = current;
        current = to;
        if (from != to && from.frames().withdrawSwitch()) {
            // What was not said there yet names this path now; there it would call the peer back.
            to.frames().pathSwitch(this, epoch, lastReason.code());
        }
        if (reason == SwitchReason.GONE) {
            if (from == to) {
                from.loss().declareAllLost();
            } else {
                from.abandon(nowNs);
            }
        }
        if (reason == SwitchReason.SUSPECT) {
            from.loss().resendOldest(EncryptionLevel.ONE_RTT, Integer.MAX_VALUE);
        }
        to.rtt().assume(from.rtt().smoothedNs());
        to.takeUp(nowNs);
        paths.events().onPathSwitched(from, to, reason, byPeer, nowNs);
    }

    /**
     * The current path failed validation: back to one that did not, if there is any (RFC 9000
     * §9.3.2), and the peer is told where it can be: else each side would send on another path.
     */
    public void onCurrentFailed(long nowNs) {
        for (Path path : paths.all()) {
            if (path != current && path.isValidated() && !path.isAbandoned()) {
                if (spoken) {
                    switchTo(path, SwitchReason.SUSPECT, nowNs);
                } else {
                    move(path, SwitchReason.BETTER, false, nowNs);
                }
                return;
            }
        }
    }

    /**
     * A packet came by a path. Where that carries the data though it failed validation, the peer is
     * there after all: without another challenge it would stay under the limit for strangers.
     */
    public void onReceived(Path path, long nowNs) {
        if (path == current && path.hasFailed()) {
            paths.validate(path, nowNs);
        }
    }

    @Override
    public void onFrameAcked(long ackedEpoch, long reason) {
        if (ackedEpoch == epoch) {
            acknowledged = true;
        }
    }

    @Override
    public void onFrameLost(long lostEpoch, long reason) {
        if (lostEpoch == epoch && !acknowledged) {
            current.frames().pathSwitch(this, epoch, lastReason.code());
        }
    }
}
