package dev.tern.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

import dev.tern.relay.control.ControlException;
import dev.tern.relay.control.ControlMessage;
import dev.tern.relay.control.ControlReader;
import dev.tern.relay.control.ControlWriter;

import java.util.ArrayList;
import java.util.List;

/** A relay's control stream, in pieces as long as the first byte says. */
class ControlReaderFuzzTest {
    private final ControlWriter writer = new ControlWriter();

    @FuzzTest
    void shouldReadOrRefuse(byte[] input) {
        if (input.length == 0) {
            return;
        }
        int pieceLength = 1 + (input[0] & 0xff);
        ControlReader reader = new ControlReader();
        List<ControlMessage> heard = new ArrayList<>();
        try {
            for (int at = 1; at < input.length; at += pieceLength) {
                reader.read(input, at, Math.min(pieceLength, input.length - at), heard::add);
            }
        } catch (ControlException e) {
            assertThat(e).hasMessageStartingWith("control message");
        }
        for (ControlMessage message : heard) {
            byte[] encoded = writer.encode(message);
            List<ControlMessage> again = new ArrayList<>();
            new ControlReader().read(encoded, 0, encoded.length, again::add);
            assertThat(again).containsExactly(message);
        }
    }
}
