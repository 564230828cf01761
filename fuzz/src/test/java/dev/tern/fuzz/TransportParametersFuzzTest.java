package dev.tern.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;
import dev.tern.quic.wire.TransportParameters;

/** What a TLS extension may hold, from either side. */
class TransportParametersFuzzTest {
    @FuzzTest
    void shouldDecodeOrRefuse(byte[] encoded) {
        decode(encoded, true);
        decode(encoded, false);
    }

    private static void decode(byte[] encoded, boolean fromServer) {
        TransportParameters parameters;
        try {
            parameters = TransportParameters.decode(encoded, fromServer);
        } catch (TransportException e) {
            assertThat(e.code()).isEqualTo(TransportError.TRANSPORT_PARAMETER_ERROR);
            return;
        }
        byte[] again = parameters.encode();
        assertThat(TransportParameters.decode(again, fromServer).encode()).isEqualTo(again);
    }
}
