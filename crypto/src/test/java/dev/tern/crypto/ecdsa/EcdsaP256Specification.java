package dev.tern.crypto.ecdsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;

/** What every implementation of ECDSA on P-256 must do. */
public abstract class EcdsaP256Specification {
    private static final ECDomainParameters P256 =
            new ECDomainParameters(CustomNamedCurves.getByName("secp256r1"));
    private static final byte[] MESSAGE = {1, 2, 3};
    private static final int TIMES = 50;

    private final SplittableRandom random = new SplittableRandom(1);
    private final byte[] privateKey = new byte[EcdsaP256.SCALAR_BYTES];
    private final byte[] publicKey;

    protected EcdsaP256Specification() {
        random.nextBytes(privateKey);
        privateKey[0] = 1; // below the order
        publicKey = P256.getG().multiply(new BigInteger(1, privateKey)).getEncoded(false);
    }

    protected abstract EcdsaP256 implementation();

    @Test
    void shouldPassItsSelfTest() {
        assertThat(KnownSignature.isMadeBy(implementation())).isTrue();
    }

    @Test
    void shouldMakeSignaturesThatBouncyCastleTakes() {
        EcdsaP256.Signer signer = implementation().signer(privateKey, publicKey);
        for (int i = 0; i < TIMES; i++) {
            byte[] message = new byte[random.nextInt(300)];
            random.nextBytes(message);

            byte[] signature = signer.sign(message);

            assertThat(verifiesInBouncyCastle(publicKey, message, signature)).isTrue();
            assertThat(implementation().verify(publicKey, message, signature)).isTrue();
        }
    }

    @Test
    void shouldMakeAnotherSignatureEachTime() {
        EcdsaP256.Signer signer = implementation().signer(privateKey, publicKey);

        assertThat(signer.sign(MESSAGE)).isNotEqualTo(signer.sign(MESSAGE));
    }

    @Test
    void shouldRefuseASignatureWithAnyBitChanged() {
        byte[] signature = implementation().signer(privateKey, publicKey).sign(MESSAGE);
        for (int bit = 0; bit < signature.length * 8; bit++) {
            byte[] altered = signature.clone();
            altered[bit / 8] ^= (byte) (1 << bit % 8);

            assertThat(implementation().verify(publicKey, MESSAGE, altered)).isFalse();
            assertThat(verifiesInBouncyCastle(publicKey, MESSAGE, altered)).isFalse();
        }
    }

    @Test
    void shouldRefuseASignatureOfAnotherMessageOrKey() {
        byte[] signature = implementation().signer(privateKey, publicKey).sign(MESSAGE);
        byte[] another = P256.getG().multiply(BigInteger.TEN).getEncoded(false);

        assertThat(implementation().verify(publicKey, new byte[3], signature)).isFalse();
        assertThat(implementation().verify(another, MESSAGE, signature)).isFalse();
        assertThat(implementation().verify(publicKey, MESSAGE, signature)).isTrue();
    }

    /** No DER, wrong or longer than need be, numbers out of range, bytes behind. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "30",
                "3000",
                "3006020100020100",
                "3006020101020100",
                "3006020100020101",
                "300602017f0201ff",
                "30080202000102020001",
                "300602010102010100",
                "308106020101020101",
                "3080020101020101" + "0000",
                "3026022100ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551020101",
                "3046022100ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632552"
                        + "022100ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632552"
            })
    void shouldRefuseWhatIsNoSignature(String signature) {
        byte[] bytes = HexFormat.of().parseHex(signature);

        assertThat(implementation().verify(publicKey, MESSAGE, bytes)).isFalse();
        assertThat(KnownSignature.isMadeBy(implementation())).isTrue();
    }

    @Test
    void shouldRefuseASignatureOfAnyLength() {
        for (int length = 0; length < 200; length++) {
            byte[] bytes = new byte[length];
            Arrays.fill(bytes, (byte) 0x30);

            assertThat(implementation().verify(publicKey, MESSAGE, bytes)).isFalse();
        }
        assertThat(implementation().verify(publicKey, MESSAGE, new byte[1 << 20])).isFalse();
    }

    @Test
    void shouldRefuseKeysThatAreNoPoints() {
        byte[] signature = implementation().signer(privateKey, publicKey).sign(MESSAGE);
        byte[] offCurve = publicKey.clone();
        offCurve[EcdsaP256.POINT_BYTES - 1] ^= 1;
        byte[] tooLarge = publicKey.clone();
        Arrays.fill(tooLarge, 1, 33, (byte) 0xff);

        assertThat(implementation().verify(offCurve, MESSAGE, signature)).isFalse();
        assertThat(implementation().verify(tooLarge, MESSAGE, signature)).isFalse();
        assertThat(implementation().verify(new byte[65], MESSAGE, signature)).isFalse();
        assertThat(implementation().verify(new byte[1], MESSAGE, signature)).isFalse();
        assertThat(implementation().verify(new byte[0], MESSAGE, signature)).isFalse();
        assertThat(implementation().verify(new byte[500], MESSAGE, signature)).isFalse();
        assertThat(implementation().verify(publicKey, MESSAGE, signature)).isTrue();
    }

    @Test
    void shouldRefuseHalvesThatDoNotBelongTogether() {
        byte[] another = P256.getG().multiply(BigInteger.TEN).getEncoded(false);

        assertThatThrownBy(() -> implementation().signer(privateKey, another))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> implementation().signer(new byte[32], publicKey))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> implementation().signer(privateKey, new byte[65]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static boolean verifiesInBouncyCastle(byte[] key, byte[] message, byte[] signature) {
        DSADigestSigner verifier = new DSADigestSigner(new ECDSASigner(), new SHA256Digest());
        verifier.init(false, new ECPublicKeyParameters(P256.getCurve().decodePoint(key), P256));
        verifier.update(message, 0, message.length);
        return verifier.verifySignature(signature);
    }
}
