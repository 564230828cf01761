package dev.tern.crypto.aead;

import static dev.tern.crypto.aead.AeadAlgorithm.AES_128_GCM;
import static dev.tern.crypto.aead.AeadAlgorithm.CHACHA20_POLY1305;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;

class AeadSelectionTest {
    private static final Candidate JDK = new Candidate("jdk", JdkProvider::new);
    private static final Candidate MISSING =
            new Candidate(
                    "fast",
                    () -> {
                        throw new UnavailableException("libfast.so is not installed");
                    });
    private static final Candidate BROKEN =
            new Candidate(
                    "fast",
                    () -> {
                        throw new NoClassDefFoundError("gone");
                    });

    /** A provider with a name of its own around the JDK's ciphers. */
    static class Renamed implements AeadProvider {
        private final JdkProvider jdk = new JdkProvider();

        @Override
        public String name() {
            return "fast";
        }

        @Override
        public String description() {
            return "a fast one";
        }

        @Override
        public boolean supports(AeadAlgorithm algorithm) {
            return algorithm.isAes();
        }

        @Override
        public Aead aead(AeadAlgorithm algorithm, byte[] key, byte[] iv) {
            return jdk.aead(algorithm, key, iv);
        }
    }

    /** Uses one key for all: what it seals it also opens. */
    private static final class Wrong extends Renamed {
        @Override
        public Aead aead(AeadAlgorithm algorithm, byte[] key, byte[] iv) {
            return super.aead(algorithm, new byte[key.length], iv);
        }
    }

    /** As one whose native library is looked for when the class is initialised. */
    static final class Lonely extends Renamed {
        static final String LIBRARY = find();

        private static String find() {
            throw new UnavailableException("libfast.so does not load");
        }

        @Override
        public String description() {
            return LIBRARY;
        }
    }

    @Test
    void shouldSayWhatAClassIsMissingThatDoesNotInitialise() {
        Candidate candidate = Candidate.ofClass("fast", Lonely.class.getName());

        assertThat(select(null, candidate).choose(AES_128_GCM).passedOver())
                .containsExactly("fast: libfast.so does not load");
    }

    @Test
    void shouldPassOverAClassThatIsNotThere() {
        Candidate candidate = Candidate.ofClass("fast", "dev.tern.crypto.none.Fast");

        assertThat(select(null, candidate).choose(AES_128_GCM).passedOver().getFirst())
                .startsWith("fast: it does not load: ");
    }

    @Test
    void shouldTakeTheFirstThatWorks() {
        AeadChoice choice = select(null, new Candidate("fast", Renamed::new)).choose(AES_128_GCM);

        assertThat(choice.provider().name()).isEqualTo("fast");
        assertThat(choice.passedOver()).isEmpty();
    }

    @Test
    void shouldPassOverOneThatIsMissing() {
        AeadChoice choice = select(null, MISSING).choose(AES_128_GCM);

        assertThat(choice.provider().name()).isEqualTo("jdk");
        assertThat(choice.passedOver()).containsExactly("fast: libfast.so is not installed");
    }

    @Test
    void shouldPassOverOneThatBreaks() {
        AeadChoice choice = select(null, BROKEN).choose(AES_128_GCM);

        assertThat(choice.provider().name()).isEqualTo("jdk");
        assertThat(choice.passedOver().getFirst()).contains("does not load").contains("gone");
    }

    @Test
    void shouldPassOverOneThatFailsItsSelfTest() {
        AeadSelection selection = select(null, new Candidate("fast", Wrong::new));

        assertThat(selection.choose(AES_128_GCM).provider().name()).isEqualTo("jdk");
        assertThat(selection.choose(AES_128_GCM).passedOver())
                .containsExactly("fast: it fails its self-test");
        assertThat(selection.usable()).extracting(AeadProvider::name).containsExactly("jdk");
    }

    @Test
    void shouldTakeTheNextForAnAlgorithmThatTheFirstLacks() {
        AeadSelection selection = select(null, new Candidate("fast", Renamed::new));

        assertThat(selection.choose(CHACHA20_POLY1305).provider().name()).isEqualTo("jdk");
    }

    @Test
    void shouldObeyWhoForcesAProvider() {
        AeadChoice choice = select("jdk", new Candidate("fast", Renamed::new)).choose(AES_128_GCM);

        assertThat(choice.provider().name()).isEqualTo("jdk");
        assertThat(choice.reason()).contains("-Dtern.aead");
    }

    @Test
    void shouldLetAForcedProviderLackAnAlgorithm() {
        AeadSelection selection = select("fast", new Candidate("fast", Renamed::new));

        assertThat(selection.choose(CHACHA20_POLY1305).provider().name()).isEqualTo("jdk");
    }

    @Test
    void shouldSayWhatAForcedProviderIsMissing() {
        assertThatThrownBy(() -> select("fast", MISSING).choose(AES_128_GCM))
                .isInstanceOf(UnavailableException.class)
                .hasMessage("-Dtern.aead=fast: libfast.so is not installed");
    }

    @Test
    void shouldRefuseAForcedProviderThatFailsItsSelfTest() {
        AeadSelection selection = select("fast", new Candidate("fast", Wrong::new));

        assertThatThrownBy(() -> selection.choose(AES_128_GCM))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("self-test");
    }

    @Test
    void shouldSayWhichProvidersThereAre() {
        assertThatThrownBy(() -> select("slow", MISSING).choose(AES_128_GCM))
                .isInstanceOf(UnavailableException.class)
                .hasMessage("-Dtern.aead=slow: no such provider; there are fast, jdk");
    }

    private static AeadSelection select(String forced, Candidate first) {
        return new AeadSelection(List.of(first, JDK), forced);
    }
}
