package dev.tern.fuzz.sim;

/** A rule was broken: the world has failed. */
final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String rule;

    /**
     * @param rule its name, by which a failure is known again when the world is made smaller
     */
    Violation(String rule, String what) {
        super(rule + ": " + what, null, false, false);
        this.rule = rule;
    }

    String rule() {
        return rule;
    }
}
