package dev.tern.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import java.security.GeneralSecurityException;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

class HashFunctionTest {
    /** Keys shorter and longer than a block (RFC 2104 §2). */
    @Property(tries = 300)
    void shouldMakeTheMacThatTheJdkMakes(
            @ForAll HashFunction hash,
            @ForAll @Size(min = 1, max = 300) byte[] key,
            @ForAll @Size(max = 300) byte[] first,
            @ForAll @Size(max = 300) byte[] second)
            throws GeneralSecurityException {
        byte[] keyBefore = key.clone();
        Mac jdk = Mac.getInstance(hash == HashFunction.SHA256 ? "HmacSHA256" : "HmacSHA384");
        jdk.init(new SecretKeySpec(key, "any"));
        jdk.update(first);

        assertThat(hash.mac(key, first, second)).isEqualTo(jdk.doFinal(second));
        assertThat(key).isEqualTo(keyBefore);
    }

    @Property(tries = 20)
    void shouldTakeAnEmptyKeyForZeros(@ForAll HashFunction hash) {
        byte[] message = {1, 2, 3};

        assertThat(hash.mac(new byte[0], message))
                .isEqualTo(hash.mac(new byte[hash.bytes()], message));
    }
}
