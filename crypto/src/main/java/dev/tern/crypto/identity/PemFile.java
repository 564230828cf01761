package dev.tern.crypto.identity;

import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Certificates and private keys in PEM files (RFC 7468), as certificate authorities hand them out.
 */
final class PemFile {
    /** A long chain has 20 KB, a bundle of authorities 250 KB. */
    private static final int MAX_FILE_BYTES = 1 << 20;

    private PemFile() {}

    /** The DER of each certificate in the file, at least one. */
    static List<byte[]> certificates(Path file) throws IOException {
        List<byte[]> certificates = new ArrayList<>();
        for (PemObject object : objects("certificate file ", file)) {
            if (object.getType().equals("CERTIFICATE")) {
                certificates.add(object.getContent());
            }
        }
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("no certificate in PEM form: " + file);
        }
        return certificates;
    }

    /** The file's private key as PKCS #8. */
    static byte[] privateKey(Path file) throws IOException {
        for (PemObject object : objects("key file ", file)) {
            if (object.getType().equals("ENCRYPTED PRIVATE KEY")) {
                throw new IllegalArgumentException(
                        "the key is locked by a password, which is not supported: " + file);
            }
            byte[] key = pkcs8(object, file);
            if (key != null) {
                return key;
            }
        }
        throw new IllegalArgumentException("no private key in PEM form: " + file);
    }

    /** Null where it is something else: parameters of a curve, or a certificate. */
    private static byte[] pkcs8(PemObject object, Path file) {
        try {
            return switch (object.getType()) {
                case "PRIVATE KEY" -> object.getContent();
                case "EC PRIVATE KEY" -> pkcs8OfSec1(object.getContent());
                case "RSA PRIVATE KEY" -> pkcs8OfPkcs1(object.getContent());
                default -> null;
            };
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("the key is malformed: " + file, e);
        }
    }

    /** RFC 5915, what {@code openssl ecparam -genkey} writes. */
    private static byte[] pkcs8OfSec1(byte[] encoded) throws IOException {
        ECPrivateKey key = ECPrivateKey.getInstance(encoded);
        if (key.getParametersObject() == null) {
            throw new IOException("SEC 1 key without the name of its curve");
        }
        return new PrivateKeyInfo(
                        new AlgorithmIdentifier(
                                X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject()),
                        key)
                .getEncoded();
    }

    /** RFC 8017 appendix A.1.2, what older programs write. */
    private static byte[] pkcs8OfPkcs1(byte[] encoded) throws IOException {
        return new PrivateKeyInfo(
                        new AlgorithmIdentifier(
                                PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                        ASN1Sequence.getInstance(encoded))
                .getEncoded();
    }

    private static List<PemObject> objects(String kind, Path file) throws IOException {
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(MAX_FILE_BYTES);
        } catch (IOException e) {
            throw FileErrors.sentence("cannot read " + kind, file, e);
        }
        List<PemObject> objects = new ArrayList<>();
        try (PemReader reader =
                new PemReader(
                        new InputStreamReader(
                                new ByteArrayInputStream(content), StandardCharsets.US_ASCII))) {
            for (PemObject next = reader.readPemObject();
                    next != null;
                    next = reader.readPemObject()) {
                objects.add(next);
            }
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("the PEM in it is broken: " + file, e);
        }
        return objects;
    }
}
