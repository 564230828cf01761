package dev.tern.fuzz.sim;

/**
 * How one side of every conversation behaves.
 *
 * @param maxData what the other may send before more is granted, all streams together
 * @param maxStreamData the same for each stream
 * @param growth to how many times their size both may grow
 * @param maxStreams how many streams of each kind the other may have open
 * @param idleNs its max_idle_timeout
 * @param keepAliveNs after how long without sending it pings; 0 for never
 * @param congestion its congestion controller
 * @param prefersVersion2 whether it would rather speak version 2 of QUIC (RFC 9369)
 */
record Manners(
        long maxData,
        long maxStreamData,
        int growth,
        int maxStreams,
        long idleNs,
        long keepAliveNs,
        Congestion congestion,
        boolean prefersVersion2) {}
