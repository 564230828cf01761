package dev.tern.quic.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A reusable cursor over a part of a {@code byte[]}. It alone knows the bounds: every read past
 * them is a {@link TransportException} with FRAME_ENCODING_ERROR. Allocates nothing. Not
 * thread-safe.
 */
public final class ByteReader {
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int ONE_BYTE_LIMIT = 0x40;
    private static final byte[] NOTHING = new byte[0];

    private byte[] array = NOTHING;
    private int position;
    private int limit;

    /** Starts over at {@code offset}, with {@code length} bytes to read. */
    public ByteReader wrap(byte[] source, int offset, int length) {
        array = source;
        position = offset;
        limit = offset + length;
        return this;
    }

    /** The array read from; the position is an index into it. */
    public byte[] array() {
        return array;
    }

    public int position() {
        return position;
    }

    public int remaining() {
        return limit - position;
    }

    public boolean hasRemaining() {
        return position < limit;
    }

    /** One byte, 0 to 255. */
    public int readByte() {
        require(1);
        return array[position++] & 0xff;
    }

    /** Two bytes, big-endian, 0 to 65535. */
    public int readShort() {
        require(2);
        int value = (short) SHORT.get(array, position) & 0xffff;
        position += 2;
        return value;
    }

    public int readInt() {
        require(4);
        int value = (int) INT.get(array, position);
        position += 4;
        return value;
    }

    public long readLong() {
        require(8);
        long value = (long) LONG.get(array, position);
        position += 8;
        return value;
    }

    /** A variable-length integer (RFC 9000 §16). */
    public long readVarint() {
        require(1);
        int first = array[position] & 0xff;
        if (first < ONE_BYTE_LIMIT) { // most are: types, flags, small counts
            position++;
            return first;
        }
        int length = 1 << (first >> 6);
        require(length);
        long value =
                switch (length) {
                    case 2 -> (short) SHORT.get(array, position) & 0x3fff;
                    case 4 -> (int) INT.get(array, position) & 0x3fff_ffff;
                    default -> (long) LONG.get(array, position) & 0x3fff_ffff_ffff_ffffL;
                };
        position += length;
        return value;
    }

    /** A variable-length integer that counts bytes which must follow: refused when fewer do. */
    public int readLength() {
        long length = readVarint();
        if (length > remaining()) {
            throw truncated(length);
        }
        return (int) length;
    }

    public void readBytes(byte[] destination, int offset, int length) {
        require(length);
        System.arraycopy(array, position, destination, offset, length);
        position += length;
    }

    /** The next bytes as a new array. */
    public byte[] readBytes(int length) {
        require(length);
        byte[] bytes = new byte[length];
        readBytes(bytes, 0, length);
        return bytes;
    }

    public void skip(int length) {
        require(length);
        position += length;
    }

    private void require(int length) {
        if (length < 0 || length > limit - position) {
            throw truncated(length);
        }
    }

    private TransportException truncated(long wanted) {
        return new TransportException(
                TransportError.FRAME_ENCODING_ERROR,
                "truncated: " + wanted + " bytes wanted, " + remaining() + " left");
    }
}
