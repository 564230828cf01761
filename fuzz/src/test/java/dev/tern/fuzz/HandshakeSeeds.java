package dev.tern.fuzz;

import java.util.List;

/** Every genuine message of full, resumed and retried handshakes, where it belongs. */
final class HandshakeSeeds {
    private static final int SETTINGS = 8;
    private static final String[] NAMES = {"full", "resumed", "retried", "resumed_retried"};

    private HandshakeSeeds() {}

    static void addTo(SeedCorpus corpus) {
        for (int setting = 0; setting < SETTINGS; setting++) {
            String side = (setting & HandshakeStage.FOR_SERVER) != 0 ? "server" : "client";
            List<byte[]> messages = HandshakeStage.genuine(setting);
            for (int i = 0; i < messages.size(); i++) {
                byte[] message = messages.get(i);
                byte[] input = new byte[HandshakeStage.HEADER_BYTES + message.length];
                input[0] = (byte) setting;
                input[1] = (byte) i;
                System.arraycopy(message, 0, input, HandshakeStage.HEADER_BYTES, message.length);
                corpus.add(
                        HandshakeFuzzTest.class, NAMES[setting >> 1] + "_" + side + "_" + i, input);
            }
        }
    }
}
