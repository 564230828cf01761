package dev.tern.crypto.tls;

import dev.tern.crypto.CipherSuite;
import dev.tern.crypto.EncryptionLevel;
import dev.tern.crypto.HashFunction;
import dev.tern.crypto.KeySchedule;
import dev.tern.crypto.PacketProtector;
import dev.tern.crypto.aead.AeadProvider;

import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.crypto.TlsSecret;

import java.util.Arrays;

/** Turns the secrets of the key schedule into keys; copies of them are wiped after use. */
final class TrafficSecrets {
    /** Of the client and of the server. */
    record Keys(PacketProtector client, PacketProtector server) {}

    private final HandshakeCrypto crypto;
    private final KeyLog keyLog;
    private final AeadProvider aead;

    /**
     * @param aead where ciphers come from, or null for the fastest there is
     */
    TrafficSecrets(HandshakeCrypto crypto, KeyLog keyLog, AeadProvider aead) {
        this.crypto = crypto;
        this.keyLog = keyLog;
        this.aead = aead;
    }

    Keys keys(EncryptionLevel level, KeySchedule version, SecurityParameters parameters) {
        CipherSuite suite = CipherSuite.ofCode(parameters.getCipherSuite());
        String suffix =
                level == EncryptionLevel.HANDSHAKE
                        ? "HANDSHAKE_TRAFFIC_SECRET"
                        : "TRAFFIC_SECRET_0";
        byte[] random = parameters.getClientRandom();
        byte[] client = copyOf(parameters.getTrafficSecretClient());
        byte[] server = copyOf(parameters.getTrafficSecretServer());
        keyLog.log("CLIENT_" + suffix, random, client);
        keyLog.log("SERVER_" + suffix, random, server);
        return new Keys(protector(suite, version, client), protector(suite, version, server));
    }

    PacketProtector earlyKeys(
            CipherSuite suite, KeySchedule version, byte[] preSharedKey, Transcript clientHello) {
        byte[] secret = ResumptionKeys.earlyTrafficSecret(suite.hash(), preSharedKey, clientHello);
        keyLog.log("CLIENT_EARLY_TRAFFIC_SECRET", clientHello.clientRandom(), secret);
        return protector(suite, version, secret);
    }

    TlsExporter exporter(SecurityParameters parameters) {
        byte[] secret = copyOf(parameters.getExporterMasterSecret());
        keyLog.log("EXPORTER_SECRET", parameters.getClientRandom(), secret);
        return new TlsExporter(CipherSuite.ofCode(parameters.getCipherSuite()).hash(), secret);
    }

    byte[] resumptionMasterSecret(SecurityParameters parameters, Transcript transcript) {
        byte[] masterSecret = copyOf(parameters.getMasterSecret());
        HashFunction hash = CipherSuite.ofCode(parameters.getCipherSuite()).hash();
        byte[] secret = ResumptionKeys.masterSecret(hash, masterSecret, transcript);
        Arrays.fill(masterSecret, (byte) 0);
        return secret;
    }

    private PacketProtector protector(CipherSuite suite, KeySchedule version, byte[] secret) {
        try {
            return aead == null
                    ? PacketProtector.fromSecret(suite, version, secret)
                    : PacketProtector.fromSecret(suite, version, secret, aead);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** Of a copy, because extracting takes a secret away from its owner, who still needs it. */
    private byte[] copyOf(TlsSecret secret) {
        return crypto.adoptSecret(secret).extract();
    }
}
