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

    private final Map<InetSocketAddress, byte[]> tokens =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<InetSocketAddress, byte[]> eldest) {
                    return size() > MAX_SERVERS;
                }
            };

    void keep(InetSocketAddress server, byte[] token) {
        if (token.length <= MAX_TOKEN_BYTES) {
            tokens.put(server, token);
        }
    }

    /** The last token of that server, which is then gone; empty for none. */
    byte[] take(InetSocketAddress server) {
        byte[] token = tokens.remove(server);
        return token == null ? NONE : token;
    }
}
