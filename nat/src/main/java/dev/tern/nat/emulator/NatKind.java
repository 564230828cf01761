package dev.tern.nat.emulator;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The kinds of NAT that people speak of, by their old names (RFC 3489 §5), each a pair of mapping
 * and filtering behaviours (RFC 4787 §4.1, §5).
 */
public enum NatKind {
    /** No NAT: packets pass as they are. */
    NONE("none", EndpointDependence.INDEPENDENT, EndpointDependence.INDEPENDENT),
    /** One mapping for all; anybody may send to it. */
    FULL_CONE("full-cone", EndpointDependence.INDEPENDENT, EndpointDependence.INDEPENDENT),
    /** One mapping for all; whoever was sent to may answer from any port. */
    ADDRESS_RESTRICTED(
            "address-restricted", EndpointDependence.INDEPENDENT, EndpointDependence.ADDRESS),
    /** One mapping for all; whoever was sent to may answer. */
    PORT_RESTRICTED(
            "port-restricted", EndpointDependence.INDEPENDENT, EndpointDependence.ADDRESS_AND_PORT),
    /** Another mapping for every far endpoint, which alone may answer. */
    SYMMETRIC(
            "symmetric", EndpointDependence.ADDRESS_AND_PORT, EndpointDependence.ADDRESS_AND_PORT);

    private final String word;
    private final EndpointDependence mapping;
    private final EndpointDependence filtering;

    NatKind(String word, EndpointDependence mapping, EndpointDependence filtering) {
        this.word = word;
        this.mapping = mapping;
        this.filtering = filtering;
    }

    /**
     * Reads a kind as a person at a shell writes it.
     *
     * @throws IllegalArgumentException with one sentence that names the words there are
     */
    public static NatKind parse(String word) {
        for (NatKind kind : values()) {
            if (kind.word.equals(word)) {
                return kind;
            }
        }
        String words = Arrays.stream(values()).map(NatKind::word).collect(Collectors.joining(", "));
        throw new IllegalArgumentException(
                "no such kind of NAT: " + word + "; use one of " + words);
    }

    /** How a person writes it. */
    public String word() {
        return word;
    }

    EndpointDependence mapping() {
        return mapping;
    }

    EndpointDependence filtering() {
        return filtering;
    }
}
