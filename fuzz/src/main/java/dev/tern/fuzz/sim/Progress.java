package dev.tern.fuzz.sim;

/** Says on standard error how far many worlds have got, every twentieth part of them. */
final class Progress {
    private static final int PARTS = 20;

    private final long total;
    private long shownParts;

    Progress(long total) {
        this.total = total;
    }

    void show(long done) {
        long parts = done * PARTS / total;
        if (parts > shownParts) {
            shownParts = parts;
            System.err.println("tern sim: " + done + " of " + total + " worlds");
        }
    }
}
