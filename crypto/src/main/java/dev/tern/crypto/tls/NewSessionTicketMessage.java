package dev.tern.crypto.tls;

import org.bouncycastle.tls.ExtensionType;
import org.bouncycastle.tls.HandshakeType;
import org.bouncycastle.tls.TlsUtils;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * NewSessionTicket (RFC 8446 §4.6.1), which BouncyCastle neither sends nor reads.
 *
 * @param lifetimeSeconds how long the ticket is good
 * @param ageAdd masks the ticket's age
 * @param nonce tells the keys of one connection's tickets apart
 * @param ticket the server's name for the session
 * @param allowsEarlyData whether it has an early_data extension
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record NewSessionTicketMessage(
        long lifetimeSeconds, long ageAdd, byte[] nonce, byte[] ticket, boolean allowsEarlyData) {
    /** max_early_data_size of QUIC: the limits are its own (RFC 9001 §4.6.1). */
    private static final long MAX_EARLY_DATA_SIZE = 0xffff_ffffL;

    private static final int MAX_EARLY_DATA_SIZE_BYTES = 4;

    static NewSessionTicketMessage decode(ByteArrayInputStream body) throws IOException {
        long lifetimeSeconds = TlsUtils.readUint32(body);
        long ageAdd = TlsUtils.readUint32(body);
        byte[] nonce = TlsUtils.readOpaque8(body);
        byte[] ticket = TlsUtils.readOpaque16(body, 1);
        ByteArrayInputStream extensions = new ByteArrayInputStream(TlsUtils.readOpaque16(body));
        boolean allowsEarlyData = false;
        while (extensions.available() > 0) {
            int type = TlsUtils.readUint16(extensions);
            byte[] data = TlsUtils.readOpaque16(extensions);
            if (type == ExtensionType.early_data) {
                checkEarlyData(data);
                allowsEarlyData = true;
            }
        }
        if (body.available() > 0) {
            throw new TlsAlertException(
                    TlsAlert.DECODE_ERROR, "NewSessionTicket goes on after its end");
        }
        return new NewSessionTicketMessage(lifetimeSeconds, ageAdd, nonce, ticket, allowsEarlyData);
    }

    private static void checkEarlyData(byte[] data) {
        if (data.length != MAX_EARLY_DATA_SIZE_BYTES
                || TlsUtils.readUint32(data, 0) != MAX_EARLY_DATA_SIZE) {
            throw new TlsAlertException(
                    TlsAlert.ILLEGAL_PARAMETER,
                    "NewSessionTicket limits early data otherwise than by 0xffffffff");
        }
    }

    byte[] encode() {
        try {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            TlsUtils.writeUint32(lifetimeSeconds, body);
            TlsUtils.writeUint32(ageAdd, body);
            TlsUtils.writeOpaque8(nonce, body);
            TlsUtils.writeOpaque16(ticket, body);
            ByteArrayOutputStream extensions = new ByteArrayOutputStream();
            if (allowsEarlyData) {
                TlsUtils.writeUint16(ExtensionType.early_data, extensions);
                TlsUtils.writeUint16(MAX_EARLY_DATA_SIZE_BYTES, extensions);
                TlsUtils.writeUint32(MAX_EARLY_DATA_SIZE, extensions);
            }
            TlsUtils.writeOpaque16(extensions.toByteArray(), body);
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            TlsUtils.writeUint8(HandshakeType.new_session_ticket, message);
            TlsUtils.writeOpaque24(body.toByteArray(), message);
            return message.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException("cannot encode NewSessionTicket", e);
        }
    }
}
