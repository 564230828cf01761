package dev.tern.fuzz;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Hostile bytes at every state end in an alert, if they matter at all. */
class HandshakePropertyTest {
    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void shouldAnswerRandomBytesWithAnAlert(@ForAll @Size(max = 300) byte[] data) {
        HandshakeFuzzTest.playOrEndInAnAlert(data);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void shouldAnswerMessagesOfRandomContentWithAnAlert(@ForAll("messages") byte[] data) {
        HandshakeFuzzTest.playOrEndInAnAlert(data);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void shouldAnswerChangedMessagesWithAnAlert(@ForAll("changes") byte[] data) {
        HandshakeFuzzTest.playOrEndInAnAlert(data);
    }

    @Provide
    Arbitrary<byte[]> messages() {
        Arbitrary<byte[]> header = Arbitraries.bytes().array(byte[].class).ofSize(2);
        Arbitrary<Integer> type = Arbitraries.of(0, 1, 2, 4, 5, 8, 11, 13, 15, 20, 24, 254);
        Arbitrary<byte[]> body =
                Arbitraries.bytes().array(byte[].class).ofMinSize(0).ofMaxSize(200);
        return Combinators.combine(header, type, body).as(HandshakePropertyTest::message);
    }

    private static byte[] message(byte[] header, int type, byte[] body) {
        byte[] data = new byte[7 + body.length];
        System.arraycopy(header, 0, data, 0, 2);
        data[3] = (byte) type;
        data[6] = (byte) body.length;
        System.arraycopy(body, 0, data, 7, body.length);
        return data;
    }

    @Provide
    Arbitrary<byte[]> changes() {
        return Arbitraries.bytes()
                .array(byte[].class)
                .ofMinSize(6)
                .ofMaxSize(30)
                .map(
                        data -> {
                            data[2] = 1;
                            return data;
                        });
    }
}
