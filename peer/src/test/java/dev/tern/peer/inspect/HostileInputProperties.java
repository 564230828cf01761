package dev.tern.peer.inspect;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tern.peer.cli.UserError;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Captures come from anywhere: nothing in them may end the program but with a sentence. */
class HostileInputProperties {
    private static final int[] LINK_TYPES = {0, 1, 101, 113, 276};

    @Property(tries = 500)
    void shouldShowAnyDatagram(@ForAll("datagrams") byte[] datagram) {
        KeyRing keys = new KeyRing(List.of(), 2);

        assertThatCode(
                        () -> {
                            new DatagramInspector(keys, true, line -> {}).inspect("it", datagram);
                            new DatagramInspector(keys, true, line -> {}).inspectFrames(datagram);
                        })
                .doesNotThrowAnyException();
    }

    /** Half of them with the first bytes of a real packet. */
    @Provide
    Arbitrary<byte[]> datagrams() {
        Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(200);
        Arbitrary<byte[]> likely =
                any.map(
                        tail -> {
                            ByteBuffer out = ByteBuffer.allocate(6 + tail.length);
                            out.put((byte) (0xc0 | tail[0])).putInt(1).put((byte) 8).put(tail);
                            return out.array();
                        });
        return Arbitraries.oneOf(any, likely);
    }

    @Property(tries = 500)
    void shouldPassOverAnyFrameWithoutUdp(@ForAll byte[] frame) {
        assertThatCode(
                        () -> {
                            for (int linkType : LINK_TYPES) {
                                UdpInFrame.find(linkType, ByteBuffer.wrap(frame));
                            }
                        })
                .doesNotThrowAnyException();
    }

    @Property(tries = 200)
    void shouldReadAnyFileOrSayThatItIsNoCapture(@ForAll byte[] tail, @ForAll boolean pcapng)
            throws IOException {
        Path file = Files.createTempFile("tern", ".pcap");
        ByteBuffer out = ByteBuffer.allocate(24 + tail.length);
        if (pcapng) {
            out.putInt(0x0a0d0d0a).putInt(16).putInt(0x1a2b3c4d).putInt(16);
        } else {
            out.putInt(0xa1b2c3d4).putInt(0).putLong(0).putInt(0).putInt(1);
        }
        Files.write(file, out.put(tail).array());
        try {
            CaptureFile.read(file, datagram -> {});
        } catch (UserError e) {
            assertThatCode(e::getMessage).doesNotThrowAnyException();
        } finally {
            Files.delete(file);
        }
    }
}
