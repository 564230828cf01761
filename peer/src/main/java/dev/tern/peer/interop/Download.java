package dev.tern.peer.interop;

import dev.tern.peer.cli.UserError;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * One file to be fetched.
 *
 * @param path with the slash before it
 */
record Download(String host, int port, String path) {
    private static final int HTTPS_PORT = 443;

    static Download of(String url) {
        try {
            URI uri = new URI(url);
            if (!"https".equals(uri.getScheme()) || uri.getHost() == null) {
                throw new UserError("\"" + url + "\" is not https://HOST:PORT/PATH");
            }
            if (uri.getPath().length() < 2) {
                throw new UserError("\"" + url + "\" names no file");
            }
            String host = uri.getHost();
            return new Download(
                    host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                    uri.getPort() < 0 ? HTTPS_PORT : uri.getPort(),
                    uri.getPath());
        } catch (URISyntaxException e) {
            throw new UserError("\"" + url + "\" is no URL");
        }
    }

    /** As a request names the server (RFC 3986 §3.2). */
    String authority() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** With escapes for what a URI cannot have. */
    String escapedPath() {
        try {
            return new URI(null, null, path, null).getRawPath();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
