package dev.tern.peer.inspect;

import dev.tern.peer.cli.UserError;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The UDP datagrams in a capture file, in pcap's format (draft-ietf-opsawg-pcap) or in pcapng's
 * (draft-ietf-opsawg-pcapng).
 */
final class CaptureFile {
    private static final int PCAP_MICROSECONDS = 0xa1b2c3d4;
    private static final int PCAP_NANOSECONDS = 0xa1b23c4d;
    private static final int PCAP_HEADER_BYTES = 24;
    private static final int PCAP_RECORD_BYTES = 16;
    private static final int SECTION_HEADER = 0x0a0d0d0a;
    private static final int SECTION_BYTE_ORDER = 0x1a2b3c4d;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;
    private static final int MIN_BLOCK_BYTES = 12;
    private static final long MAX_FILE_BYTES = 1L << 30;

    private final Path file;
    private final ByteBuffer bytes;
    private final Consumer<CapturedDatagram> datagrams;
    private final List<Integer> linkTypes = new ArrayList<>();

    private CaptureFile(Path file, ByteBuffer bytes, Consumer<CapturedDatagram> datagrams) {
        this.file = file;
        this.bytes = bytes;
        this.datagrams = datagrams;
    }

    /** Hands over every datagram, in the file's order. A file cut short ends where it is cut. */
    static void read(Path file, Consumer<CapturedDatagram> datagrams) throws IOException {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new UserError("cannot read the capture " + file);
        }
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new UserError(file + " is larger than 1 GiB; cut a piece out of it first");
        }
        new CaptureFile(file, ByteBuffer.wrap(Files.readAllBytes(file)), datagrams).read();
    }

    private void read() {
        if (bytes.remaining() < PCAP_HEADER_BYTES) {
            throw noCapture();
        }
        int magic = bytes.getInt(0);
        int swapped = Integer.reverseBytes(magic);
        if (magic == SECTION_HEADER) {
            readBlocks();
        } else if (magic == PCAP_MICROSECONDS || magic == PCAP_NANOSECONDS) {
            readRecords();
        } else if (swapped == PCAP_MICROSECONDS || swapped == PCAP_NANOSECONDS) {
            bytes.order(ByteOrder.LITTLE_ENDIAN);
            readRecords();
        } else {
            throw noCapture();
        }
    }

    private UserError noCapture() {
        return new UserError(file + " is no capture file; give one in pcap or pcapng format");
    }

    private void readRecords() {
        int linkType = checked(bytes.getInt(20) & 0xffff);
        bytes.position(PCAP_HEADER_BYTES);
        while (bytes.remaining() >= PCAP_RECORD_BYTES) {
            int length = bytes.getInt(bytes.position() + 8);
            bytes.position(bytes.position() + PCAP_RECORD_BYTES);
            if (length < 0 || length > bytes.remaining()) {
                return;
            }
            deliver(linkType, bytes.position(), length);
            bytes.position(bytes.position() + length);
        }
    }

    private int checked(int linkType) {
        if (!UdpInFrame.knows(linkType)) {
            throw new UserError(
                    file
                            + " was captured on a link of type "
                            + linkType
                            + ", which is not known here");
        }
        return linkType;
    }

    private void readBlocks() {
        while (bytes.remaining() >= MIN_BLOCK_BYTES) {
            int start = bytes.position();
            if (bytes.getInt(start) == SECTION_HEADER) {
                startSection(start);
            }
            int length = bytes.getInt(start + 4);
            if (length < MIN_BLOCK_BYTES || length > bytes.remaining()) {
                return;
            }
            readBlock(bytes.getInt(start), start + 8, length - MIN_BLOCK_BYTES);
            bytes.position(start + length);
        }
    }

    /** Each section says its own byte order, and numbers its own interfaces. */
    private void startSection(int start) {
        bytes.order(ByteOrder.BIG_ENDIAN);
        if (bytes.getInt(start + 8) != SECTION_BYTE_ORDER) {
            bytes.order(ByteOrder.LITTLE_ENDIAN);
        }
        linkTypes.clear();
    }

    private void readBlock(int type, int body, int bodyLength) {
        if (type == INTERFACE_DESCRIPTION && bodyLength >= 8) {
            linkTypes.add(checked(bytes.getShort(body) & 0xffff));
        } else if (type == ENHANCED_PACKET && bodyLength >= 20) {
            int number = bytes.getInt(body);
            int length = bytes.getInt(body + 12);
            if (number >= 0
                    && number < linkTypes.size()
                    && length >= 0
                    && length <= bodyLength - 20) {
                deliver(linkTypes.get(number), body + 20, length);
            }
        } else if (type == SIMPLE_PACKET && bodyLength >= 4 && !linkTypes.isEmpty()) {
            int length = Math.min(bytes.getInt(body), bodyLength - 4);
            if (length > 0) {
                deliver(linkTypes.getFirst(), body + 4, length);
            }
        }
    }

    private void deliver(int linkType, int offset, int length) {
        CapturedDatagram found = UdpInFrame.find(linkType, bytes.slice(offset, length));
        if (found != null) {
            datagrams.accept(found);
        }
    }
}
