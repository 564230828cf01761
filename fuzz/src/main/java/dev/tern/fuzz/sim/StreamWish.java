package dev.tern.fuzz.sim;

/**
 * A stream that an application wants to open, and what it will do with it.
 *
 * @param bytes how many it writes before it ends the stream
 * @param chunkBytes how many it writes at a time, {@code pauseNs} apart; 0 for all at once
 * @param resets whether it ends the stream by a reset rather than in order
 */
record StreamWish(
        boolean bidirectional,
        long bytes,
        int chunkBytes,
        long pauseNs,
        boolean resets,
        int urgency) {}
