package dev.tern.fuzz.sim;

/** Which side of a conversation. */
enum Role {
    DIALLER,
    ACCEPTOR;

    Role other() {
        return this == DIALLER ? ACCEPTOR : DIALLER;
    }

    @Override
    public String toString() {
        return this == DIALLER ? "dialler" : "acceptor";
    }
}
