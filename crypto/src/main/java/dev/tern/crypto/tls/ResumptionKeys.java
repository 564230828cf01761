package dev.tern.crypto.tls;

import dev.tern.crypto.HashFunction;
import dev.tern.crypto.Hkdf;

import java.util.Arrays;

/** The secrets around a session ticket, none of which BouncyCastle derives (RFC 8446 §7.1). */
final class ResumptionKeys {
    private ResumptionKeys() {}

    /** resumption_master_secret, over the transcript up to the client's Finished. */
    static byte[] masterSecret(HashFunction hash, byte[] masterSecret, Transcript transcript) {
        return Hkdf.expandLabel(
                hash, masterSecret, "res master", transcript.hash(hash), hash.bytes());
    }

    /** The pre-shared key that goes with a ticket (RFC 8446 §4.6.1). */
    static byte[] preSharedKey(HashFunction hash, byte[] resumptionMasterSecret, byte[] nonce) {
        return Hkdf.expandLabel(hash, resumptionMasterSecret, "resumption", nonce, hash.bytes());
    }

    /** client_early_traffic_secret, over a transcript that is the first ClientHello. */
    static byte[] earlyTrafficSecret(
            HashFunction hash, byte[] preSharedKey, Transcript transcript) {
        byte[] earlySecret = hash.mac(new byte[hash.bytes()], preSharedKey);
        try {
            return Hkdf.expandLabel(
                    hash, earlySecret, "c e traffic", transcript.hash(hash), hash.bytes());
        } finally {
            Arrays.fill(earlySecret, (byte) 0);
        }
    }
}
