package dev.tern.fuzz.sim;

import java.util.Locale;

/**
 * Something that is done in a world at a time.
 *
 * @param index its place in the plan, by which it can be left out
 * @param atNs after the world's beginning
 * @param role who does it, or whom it befalls
 * @param conversation which connection it is about
 * @param a what the kind makes of it
 * @param b what the kind makes of it
 */
record Operation(
        int index, OperationKind kind, long atNs, Role role, int conversation, long a, long b) {
    /** A number from 0 to below a bound that follows from a word of this operation. */
    static int choice(long word, int bound) {
        return (int) Long.remainderUnsigned(word, bound);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d: at %.3f ms %s by the %s, conversation %d, %x %x",
                index,
                atNs / 1e6,
                kind,
                role,
                conversation,
                a,
                b);
    }
}
