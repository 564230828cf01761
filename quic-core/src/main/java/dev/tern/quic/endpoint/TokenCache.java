package dev.tern.quic.endpoint;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tokens that servers gave for the next connection; each is used once, so that nobody can join two
 * connections by it (RFC 9000 §8.1.3). Owned by one agent; not thread-safe.
 */
final class TokenCache {
    private static final int MAX_SERVERS = 256;
    private static final int MAX_TOKEN_BYTES = 512;
    private static final byte[] NONE = new byte[0];

    /** A token is good for one version of QUIC (RFC 9369 §5). */
    private record Giver(InetSocketAddress server, int version) {}

    private final Map<Giver, byte[]> tokens =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Giver, byte[]> eldest) {
                    return size() > MAX_SERVERS;
                }
            };

    void keep(InetSocketAddress server, int version, byte[] token) {
        if (token.length <= MAX_TOKEN_BYTES) {
            tokens.put(new Giver(server, version), token);
        }
    }

    /** The last token of that server in that version, which is then gone; empty for none. */
    byte[] take(InetSocketAddress server, int version) {
        byte[] token = tokens.remove(new Giver(server, version));
        return token == null ? NONE : token;
    }
}
