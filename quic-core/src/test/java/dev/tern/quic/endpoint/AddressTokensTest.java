package dev.tern.quic.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.endpoint.AddressTokens.Verdict;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.Versions;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;

class AddressTokensTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long NOW_NS = -5 * SECOND;
    private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.1", 1000);
    private static final InetSocketAddress SAME_HOST = new InetSocketAddress("192.0.2.1", 2000);
    private static final InetSocketAddress OTHER = new InetSocketAddress("192.0.2.2", 1000);
    private static final ConnectionId ORIGINAL = id(1, 2, 3, 4, 5, 6, 7, 8);
    private static final ConnectionId RETRY = id(9, 9, 9, 9);

    private final AddressTokens tokens = new AddressTokens(new byte[32]);

    private static ConnectionId id(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return ConnectionId.of(bytes);
    }

    private Verdict check(byte[] token, InetSocketAddress client, ConnectionId id, long nowNs) {
        return tokens.check(token, 0, token.length, client, Versions.V1, id, nowNs);
    }

    @Test
    void shouldGiveBackTheOriginalIdOfARetriedClient() {
        byte[] token = tokens.forRetry(CLIENT, Versions.V1, ORIGINAL, RETRY, NOW_NS);

        assertThat(check(token, CLIENT, RETRY, NOW_NS + SECOND))
                .isEqualTo(new Verdict.Retried(ORIGINAL));
    }

    @Test
    void shouldCallARetryTokenForgedFromElsewhereOrToAnotherIdOrLate() {
        byte[] token = tokens.forRetry(CLIENT, Versions.V1, ORIGINAL, RETRY, NOW_NS);

        Verdict forged = new Verdict.Forged();
        assertThat(check(token, OTHER, RETRY, NOW_NS)).isEqualTo(forged);
        assertThat(check(token, SAME_HOST, RETRY, NOW_NS)).isEqualTo(forged);
        assertThat(check(token, CLIENT, ORIGINAL, NOW_NS)).isEqualTo(forged);
        assertThat(check(token, CLIENT, RETRY, NOW_NS + 11 * SECOND)).isEqualTo(forged);
        assertThat(check(token, CLIENT, RETRY, NOW_NS - 1)).isEqualTo(forged);
    }

    @Test
    void shouldAcceptATokenForLaterFromAnyPortOfTheHostForADay() {
        byte[] token = tokens.forNextConnection(CLIENT, Versions.V1, NOW_NS);

        assertThat(check(token, SAME_HOST, RETRY, NOW_NS + 3600 * SECOND))
                .isEqualTo(new Verdict.Proven());
        assertThat(check(token, OTHER, RETRY, NOW_NS)).isEqualTo(new Verdict.Unproven());
        assertThat(check(token, CLIENT, RETRY, NOW_NS + 25 * 3600 * SECOND))
                .isEqualTo(new Verdict.Unproven());
    }

    @Test
    void shouldNotAcceptTokensOfAnotherVersion() {
        byte[] retry = tokens.forRetry(CLIENT, Versions.V2, ORIGINAL, RETRY, NOW_NS);
        byte[] later = tokens.forNextConnection(CLIENT, Versions.V2, NOW_NS);

        assertThat(check(retry, CLIENT, RETRY, NOW_NS)).isEqualTo(new Verdict.Forged());
        assertThat(check(later, CLIENT, RETRY, NOW_NS)).isEqualTo(new Verdict.Unproven());
    }

    @Test
    void shouldNotAcceptTokensOfAnotherEndpoint() {
        byte[] key = new byte[32];
        key[0] = 1;
        byte[] token = new AddressTokens(key).forNextConnection(CLIENT, Versions.V1, NOW_NS);

        assertThat(check(token, CLIENT, RETRY, NOW_NS)).isEqualTo(new Verdict.Unproven());
    }

    @Property(tries = 500)
    void shouldNeverTakeGarbageForProof(@ForAll @Size(max = 80) byte[] garbage) {
        assertThat(check(garbage, CLIENT, RETRY, NOW_NS))
                .isIn(new Verdict.Unproven(), new Verdict.Forged());
    }
}
