package dev.tern.peer.demo;

import dev.tern.nat.emulator.NatKind;

import java.nio.file.Path;

/**
 * What a demo is to do.
 *
 * @param natA before peer A, which moves
 * @param natB before peer B
 * @param rttMs from peer to peer and back, through the relay as well as directly
 * @param megabitsPerSecond of each NAT's link
 * @param loss probability, each way of each link
 * @param moves how often A moves
 * @param file what is sent; null for one made on the spot
 * @param fileBytes how large that is
 * @param senderIsA who sends it
 * @param oneProcess whether everything runs in this process
 */
record DemoSettings(
        NatKind natA,
        NatKind natB,
        int rttMs,
        int megabitsPerSecond,
        double loss,
        long seed,
        int moves,
        Path file,
        long fileBytes,
        boolean senderIsA,
        boolean oneProcess) {
    /**
     * Whether NATs of these kinds let two peers reach each other (RFC 5128 §3.3; no port is
     * guessed).
     */
    boolean mayBeDirect() {
        return mayBeDirect(natA, natB) && mayBeDirect(natB, natA);
    }

    private static boolean mayBeDirect(NatKind one, NatKind other) {
        return one != NatKind.SYMMETRIC
                || (other != NatKind.SYMMETRIC && other != NatKind.PORT_RESTRICTED);
    }
}
