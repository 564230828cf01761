package dev.tern.crypto.tls;

import org.bouncycastle.tls.ClientHello;
import org.bouncycastle.tls.OfferedPsks;
import org.bouncycastle.tls.PskIdentity;
import org.bouncycastle.tls.PskKeyExchangeMode;
import org.bouncycastle.tls.TlsExtensionsUtils;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;

/** What a ClientHello says about tickets (RFC 8446 §4.2.9–§4.2.11). */
final class OfferedTickets {
    /** A client has no use for more; each costs us a decryption. */
    private static final int MAX_TICKETS = 8;

    /** In pre_shared_key: a length, then each identity with its length and age. */
    private static final int LENGTH_BYTES = 2;

    private static final int IDENTITIES_OFFSET = LENGTH_BYTES;
    private static final int AGE_BYTES = 4;

    /**
     * One identity of pre_shared_key.
     *
     * @param binder proves that the client holds the key
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Offer(byte[] identity, long obfuscatedAge, byte[] binder) {}

    private final List<Offer> offers = new ArrayList<>();
    private final boolean takesTickets;
    private final boolean offersEarlyData;

    private OfferedTickets(boolean takesTickets, boolean offersEarlyData) {
        this.takesTickets = takesTickets;
        this.offersEarlyData = offersEarlyData;
    }

    /**
     * Reads them, and takes the ages out of BouncyCastle's copy: it finds only identities of age
     * zero again, right for external keys only. The transcript has the message as it came.
     */
    static OfferedTickets take(ClientHello hello) throws IOException {
        @SuppressWarnings("unchecked")
        Hashtable<Integer, byte[]> extensions = hello.getExtensions();
        short[] modes = TlsExtensionsUtils.getPSKKeyExchangeModesExtension(extensions);
        boolean takesTickets = false;
        for (int i = 0; modes != null && i < modes.length; i++) {
            takesTickets |= modes[i] == PskKeyExchangeMode.psk_dhe_ke;
        }
        OfferedTickets tickets =
                new OfferedTickets(
                        takesTickets, TlsExtensionsUtils.hasEarlyDataIndication(extensions));
        tickets.takeOffers(extensions);
        return tickets;
    }

    private void takeOffers(Hashtable<Integer, byte[]> extensions) throws IOException {
        OfferedPsks psks;
        try {
            psks = TlsExtensionsUtils.getPreSharedKeyClientHello(extensions);
        } catch (IllegalArgumentException e) {
            // How BouncyCastle says that there are more identities than binders, or fewer.
            throw new TlsAlertException(
                    TlsAlert.ILLEGAL_PARAMETER, "pre_shared_key with missing binders");
        }
        if (psks == null) {
            return;
        }
        byte[] encoded = extensions.get(TlsExtensionsUtils.EXT_pre_shared_key);
        int ageOffset = IDENTITIES_OFFSET;
        for (int i = 0; i < psks.getIdentities().size(); i++) {
            PskIdentity identity = (PskIdentity) psks.getIdentities().get(i);
            byte[] binder = (byte[]) psks.getBinders().get(i);
            offers.add(
                    new Offer(identity.getIdentity(), identity.getObfuscatedTicketAge(), binder));
            ageOffset += LENGTH_BYTES + identity.getIdentity().length;
            Arrays.fill(encoded, ageOffset, ageOffset + AGE_BYTES, (byte) 0);
            ageOffset += AGE_BYTES;
        }
    }

    List<Offer> offers() {
        return offers.size() <= MAX_TICKETS ? offers : offers.subList(0, MAX_TICKETS);
    }

    boolean takesTickets() {
        return takesTickets;
    }

    boolean offersEarlyData() {
        return offersEarlyData;
    }
}
