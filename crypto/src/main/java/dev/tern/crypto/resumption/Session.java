package dev.tern.crypto.resumption;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What one side remembers of a connection that may be resumed.
 *
 * @param applicationProtocol what ALPN chose
 * @param serverName the host name that the client asked for, or null
 * @param transportParameters the server's: what 0-RTT packets must keep to (RFC 9000 §7.4.1)
 * @param peerCertificates the other side's certificate chain in DER; empty if it showed none
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Session(
        String applicationProtocol,
        String serverName,
        byte[] transportParameters,
        List<byte[]> peerCertificates) {
    public Session {
        peerCertificates = List.copyOf(peerCertificates);
    }

    void write(FieldWriter out) {
        out.bytes(applicationProtocol.getBytes(StandardCharsets.UTF_8))
                .bytes(
                        serverName == null
                                ? new byte[0]
                                : serverName.getBytes(StandardCharsets.UTF_8))
                .bytes(transportParameters)
                .list(peerCertificates);
    }

    static Session read(FieldReader in) {
        String applicationProtocol = new String(in.bytes(), StandardCharsets.UTF_8);
        String serverName = new String(in.bytes(), StandardCharsets.UTF_8);
        return new Session(
                applicationProtocol,
                serverName.isEmpty() ? null : serverName,
                in.bytes(),
                in.list());
    }

    /** Protocol and name only: parameters and certificates are long. */
    @Override
    public String toString() {
        return "Session[" + applicationProtocol + ", " + serverName + "]";
    }
}
