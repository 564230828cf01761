package dev.tern.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

import dev.tern.crypto.tls.TlsAlertException;

/** A TLS handshake in any state, on either side: see {@link HandshakeStage}. */
class HandshakeFuzzTest {
    @FuzzTest
    void shouldEndInAnAlertIfAtAll(byte[] input) {
        playOrEndInAnAlert(input);
    }

    static void playOrEndInAnAlert(byte[] input) {
        try {
            HandshakeStage.play(input);
        } catch (TlsAlertException e) {
            assertThat(e.alert()).isBetween(1, 255);
        }
    }
}
