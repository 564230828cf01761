package dev.tern.perf.interop;

import dev.tern.perf.interop.stack.KwikStack;
import dev.tern.perf.interop.stack.Ngtcp2Stack;
import dev.tern.perf.interop.stack.QuicGoStack;
import dev.tern.perf.interop.stack.QuicheStack;
import dev.tern.perf.interop.stack.TernStack;

import java.util.List;
import java.util.function.Supplier;

/** The stacks that Tern is tried against. */
enum Peer {
    QUIC_GO("quic-go", QuicGoStack::new),
    KWIK("kwik", KwikStack::new),
    QUICHE("quiche", QuicheStack::new),
    NGTCP2("ngtcp2", Ngtcp2Stack::new);

    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // a constructor
    private final Supplier<Stack> stack;

    Peer(String label, Supplier<Stack> stack) {
        this.label = label;
        this.stack = stack;
    }

    Stack newStack() {
        return stack.get();
    }

    /** Tern, as it must be to meet this stack. */
    Stack newTern(Scenario scenario) {
        return new TernStack(this == NGTCP2 ? "h3" : "hq-interop", clientOptions(scenario));
    }

    private List<String> clientOptions(Scenario scenario) {
        // quic-go speaks version 2, but does not go over to it from version 1 (RFC 9368 §2.3).
        if (this == QUIC_GO && scenario == Scenario.V2) {
            return List.of("--quic-version=2");
        }
        // Where a ClientHello takes two datagrams and the first is lost, kwik's server takes the
        // second for an attack, and hears no more of the connection for two seconds.
        if (this == KWIK && scenario == Scenario.HANDSHAKELOSS) {
            return List.of("--classic");
        }
        return List.of();
    }

    @Override
    public String toString() {
        return label;
    }
}
