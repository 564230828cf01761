package dev.tern.perf.interop;

/**
 * How a run went.
 *
 * @param note empty, or why
 */
record Outcome(Verdict verdict, String note) {
    enum Verdict {
        /** The files arrived, and what was to be tried was tried. */
        OK("✓"),
        FAILED("✗"),
        /** The other stack does not do this at all. */
        UNSUPPORTED("–");

        private final String mark;

        Verdict(String mark) {
            this.mark = mark;
        }

        String mark() {
            return mark;
        }
    }

    static Outcome ok(String note) {
        return new Outcome(Verdict.OK, note);
    }

    static Outcome failed(String why) {
        return new Outcome(Verdict.FAILED, why);
    }

    static Outcome unsupported(String why) {
        return new Outcome(Verdict.UNSUPPORTED, why);
    }

    boolean isFailed() {
        return verdict == Verdict.FAILED;
    }
}
