package dev.tern.peer.inspect;

import dev.tern.peer.cli.UserError;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Datagrams as people paste them: hexadecimal digits with whatever stands between the bytes. */
final class HexInput {
    private HexInput() {}

    /** One datagram; spaces, colons, commas, line ends and a leading 0x are passed over. */
    static byte[] datagram(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int high = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '0'
                    && high < 0
                    && i + 1 < text.length()
                    && (text.charAt(i + 1) | 0x20) == 'x') {
                i++;
                continue;
            }
            if (Character.isWhitespace(c) || c == ':' || c == ',') {
                continue;
            }
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw new UserError(
                        "not hexadecimal: '"
                                + c
                                + "' at position "
                                + (i + 1)
                                + "; give the datagram's bytes as digits 0-9 and a-f");
            }
            if (high < 0) {
                high = digit;
            } else {
                bytes.write(high << 4 | digit);
                high = -1;
            }
        }
        if (high >= 0) {
            throw new UserError("an odd number of hexadecimal digits; every byte has two");
        }
        if (bytes.size() == 0) {
            throw new UserError("no bytes; give the datagram in hexadecimal, or --pcap FILE");
        }
        return bytes.toByteArray();
    }

    /** Several, with an empty line between them. */
    static List<byte[]> datagrams(String text) {
        List<byte[]> datagrams = new ArrayList<>();
        for (String part : text.strip().split("\\R\\s*\\R", -1)) {
            datagrams.add(datagram(part));
        }
        return datagrams;
    }
}
