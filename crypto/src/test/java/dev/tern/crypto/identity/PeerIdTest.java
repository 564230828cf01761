package dev.tern.crypto.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

class PeerIdTest {
    @Property(tries = 200)
    void shouldParseItsOwnText(@ForAll @Size(32) byte[] key) {
        PeerId id = PeerId.of(key);

        assertThat(id.toString()).matches("[a-z2-7]{52}");
        assertThat(PeerId.parse(id.toString())).isEqualTo(id).hasSameHashCodeAs(id);
        assertThat(PeerId.parse(id.toString()).bytes()).isEqualTo(key);
    }

    /** The examples of RFC 4648 §10, in lower case and without padding. */
    @Test
    void shouldWriteBase32() {
        assertThat(base32("")).isEmpty();
        assertThat(base32("f")).isEqualTo("my");
        assertThat(base32("fo")).isEqualTo("mzxq");
        assertThat(base32("foo")).isEqualTo("mzxw6");
        assertThat(base32("foob")).isEqualTo("mzxw6yq");
        assertThat(base32("fooba")).isEqualTo("mzxw6ytb");
        assertThat(base32("foobar")).isEqualTo("mzxw6ytboi");
    }

    private static String base32(String text) {
        return Base32.encode(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void shouldSayWhatIsWrongWithAText() {
        String text = PeerId.of(new byte[32]).toString();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PeerId.parse(text.substring(1)))
                .withMessage("a peer id has 52 characters, this one has 51");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PeerId.parse("!" + text.substring(1)))
                .withMessageStartingWith("not a peer id: ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PeerId.parse("\u00e9" + text.substring(1)))
                .withMessageStartingWith("not a peer id: ");
    }

    @Test
    void shouldHaveOneTextOnly() {
        String text = PeerId.of(new byte[32]).toString();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PeerId.parse(text.substring(1) + "b"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PeerId.parse("A" + text.substring(1)));
    }

    @Test
    void shouldNotChangeWithTheArrayItCameFrom() {
        byte[] key = new byte[32];
        PeerId id = PeerId.of(key);
        key[0] = 1;
        id.bytes()[0] = 1;

        assertThat(id).isEqualTo(PeerId.of(new byte[32])).isNotEqualTo(PeerId.of(key));
    }
}
