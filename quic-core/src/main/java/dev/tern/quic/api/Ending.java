package dev.tern.quic.api;

import dev.tern.quic.connection.CloseReason;

import java.net.InetSocketAddress;

/** How a connection ended, in words for a person. */
final class Ending {
    private Ending() {}

    /**
     * @param established whether the handshake had been completed
     */
    static String of(CloseReason reason, InetSocketAddress remote, boolean established) {
        String peer = text(remote);
        return switch (reason.cause()) {
            case IDLE ->
                    established
                            ? "the connection to " + peer + " was silent for too long"
                            : "no answer from " + peer + ": the handshake timed out";
            case VERSION_REFUSED, UNREACHABLE -> reason.message();
            case STATELESS_RESET ->
                    peer + " knows nothing of the connection any more (stateless reset)";
            case PEER -> peer + " closed the connection" + detail(reason);
            case LOCAL -> "the connection to " + peer + " was closed here" + detail(reason);
        };
    }

    private static String detail(CloseReason reason) {
        if (reason.isClean()) {
            return "";
        }
        String kind = reason.application() ? "application" : "transport";
        String message = reason.message().isEmpty() ? "" : ": " + reason.message();
        return " (" + kind + " error 0x" + Long.toHexString(reason.code()) + ")" + message;
    }

    static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
