package dev.tern.quic.wire;

import java.util.List;

/**
 * version_information (RFC 9368 §3): what a side chose and what else it could have spoken, best
 * first. Neither is 0. A version negotiation that somebody on the way has forged shows here.
 *
 * @param chosen of the packet that carries this
 * @param available from a client: the versions compatible with the chosen one; from a server: all
 *     it will speak
 */
public record VersionInformation(int chosen, List<Integer> available) {
    /** More are an attack: other stacks send up to five, greasing included. */
    static final int MAX_AVAILABLE = 64;

    public VersionInformation {
        available = List.copyOf(available);
    }

    int size() {
        return Integer.BYTES * (1 + available.size());
    }

    void write(ByteWriter out) {
        out.writeInt(chosen);
        available.forEach(out::writeInt);
    }
}
