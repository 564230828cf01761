package dev.tern.peer.transfer;

/** Hears how far a transfer is. Called on the thread that transfers. */
@FunctionalInterface
public interface Progress {
    void onBytes(long transferredBytes, long totalBytes);
}
