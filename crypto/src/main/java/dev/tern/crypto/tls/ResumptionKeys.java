package dev.tern.crypto.tls;

/** The secrets around a session ticket, none of which BouncyCastle derives (RFC 8446 §7.1). */
final class ResumptionKeys {
    private ResumptionKeys() {}

    /** resumption_master_secret, over the transcript up to the client's Finished. */
    static byte[] masterSecret(PrfHash hash, byte[] masterSecret, Transcript transcript) {
        return hash.expandLabel(masterSecret, "res master", transcript.hash(hash));
    }

    /** The pre-shared key that goes with a ticket (RFC 8446 §4.6.1). */
    static byte[] preSharedKey(PrfHash hash, byte[] resumptionMasterSecret, byte[] nonce) {
        return hash.expandLabel(resumptionMasterSecret, "resumption", nonce);
    }

    /** client_early_traffic_secret, over a transcript that is the first ClientHello. */
    static byte[] earlyTrafficSecret(PrfHash hash, byte[] preSharedKey, Transcript transcript) {
        byte[] earlySecret = hash.extract(new byte[hash.bytes()], preSharedKey);
        return hash.expandLabel(earlySecret, "c e traffic", transcript.hash(hash));
    }
}
