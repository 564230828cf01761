package dev.tern.quic.wire;

/** A stateless reset token: 16 bytes, the two halves big-endian (RFC 9000 §10.3). */
public record StatelessResetToken(long high, long low) {
    public static final int LENGTH = 16;

    /** The token at {@code offset}, where 16 bytes must be. */
    public static StatelessResetToken of(byte[] buffer, int offset) {
        ByteReader in = new ByteReader().wrap(buffer, offset, LENGTH);
        return new StatelessResetToken(in.readLong(), in.readLong());
    }

    public void write(ByteWriter out) {
        out.writeLong(high);
        out.writeLong(low);
    }

    /**
     * Whether another token is the same. Takes the same time wherever the two differ, so that a
     * peer cannot learn a token byte by byte (§10.3.1).
     */
    public boolean matches(long otherHigh, long otherLow) {
        return ((high ^ otherHigh) | (low ^ otherLow)) == 0;
    }

    /** Says nothing of the value: who knows it can end the connection. */
    @Override
    public String toString() {
        return "StatelessResetToken";
    }
}
