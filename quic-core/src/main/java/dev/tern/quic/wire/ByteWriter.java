package dev.tern.quic.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A reusable cursor that writes into a part of a {@code byte[]}. Callers ask {@link #remaining()}
 * before they write; writing past the limit is a bug of ours and an {@link
 * IndexOutOfBoundsException}. Allocates nothing. Not thread-safe.
 */
public final class ByteWriter {
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final byte[] NOTHING = new byte[0];

    private byte[] array = NOTHING;
    private int position;
    private int limit;

    /** Starts over at {@code offset}, with room for {@code length} bytes. */
    public ByteWriter wrap(byte[] destination, int offset, int length) {
        array = destination;
        position = offset;
        limit = offset + length;
        return this;
    }

    /** The array written to; the position is an index into it. */
    public byte[] array() {
        return array;
    }

    public int position() {
        return position;
    }

    /** Moves the cursor, back to undo or forward past bytes written directly into the array. */
    public void position(int newPosition) {
        position = newPosition;
    }

    public int limit() {
        return limit;
    }

    public void limit(int newLimit) {
        limit = newLimit;
    }

    public int remaining() {
        return limit - position;
    }

    public void writeByte(int value) {
        require(1);
        array[position++] = (byte) value;
    }

    public void writeShort(int value) {
        require(2);
        SHORT.set(array, position, (short) value);
        position += 2;
    }

    public void writeInt(int value) {
        require(4);
        INT.set(array, position, value);
        position += 4;
    }

    public void writeLong(long value) {
        require(8);
        LONG.set(array, position, value);
        position += 8;
    }

    /** A variable-length integer in its shortest form (RFC 9000 §16). */
    public void writeVarint(long value) {
        switch (VarInt.size(value)) {
            case 1 -> writeByte((int) value);
            case 2 -> writeShort((int) value | 0x4000);
            case 4 -> writeInt((int) value | 0x8000_0000);
            default -> writeLong(value | 0xc000_0000_0000_0000L);
        }
    }

    /**
     * A variable-length integer in two bytes whatever its value, so that it can be filled in later.
     */
    public void writeVarint2(int value) {
        writeShort(value | 0x4000);
    }

    public void writeBytes(byte[] source, int offset, int length) {
        require(length);
        System.arraycopy(source, offset, array, position, length);
        position += length;
    }

    public void writeBytes(byte[] source) {
        writeBytes(source, 0, source.length);
    }

    public void writeZeros(int count) {
        require(count);
        java.util.Arrays.fill(array, position, position + count, (byte) 0);
        position += count;
    }

    private void require(int length) {
        if (length > limit - position) {
            throw new IndexOutOfBoundsException(
                    "write of " + length + " bytes, room for " + (limit - position));
        }
    }
}
