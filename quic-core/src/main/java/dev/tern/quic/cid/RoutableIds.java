package dev.tern.quic.cid;

import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.ConnectionId;

/**
 * Makes and reads the connection IDs that a relay forwards by, in the layout of QUIC-LB's
 * single-pass encryption (draft-ietf-quic-load-balancers §5.4.1):
 *
 * <pre>
 * byte 0      routing epoch, 0 to 6 (3 bits) | bytes that follow = 16 (5 bits)
 * bytes 1-16  AES-128(epoch key, relay id (2) | route tag (8) | nonce (6))
 * </pre>
 *
 * Only a holder of the epoch's key can make or read one. Owned by one thread; reading allocates
 * nothing.
 */
public final class RoutableIds {
    /** Length of a routable ID. */
    public static final int LENGTH = 17;

    /** Routing epochs that can be alive at a time. */
    public static final int EPOCHS = 7;

    /** A nonce has 48 bits. */
    public static final long MAX_NONCE = (1L << 48) - 1;

    private static final int BLOCK_BYTES = LENGTH - 1;
    private static final int NONE = -1;

    private final BlockCipher[] cipherByEpoch = new BlockCipher[EPOCHS];
    private final byte[] block = new byte[BLOCK_BYTES];
    private final ByteReader reader = new ByteReader();
    private int mintingEpoch = NONE;
    private int relayId;
    private long routeTag;

    /** Brings an epoch to life with its key; from here on IDs are minted in it. */
    public void startEpoch(int epoch, BlockCipher cipher) {
        cipherByEpoch[epoch] = cipher;
        mintingEpoch = epoch;
    }

    /** From here on IDs of this epoch are nobody's. */
    public void endEpoch(int epoch) {
        cipherByEpoch[epoch] = null;
        if (epoch == mintingEpoch) {
            mintingEpoch = NONE;
        }
    }

    /**
     * Makes an ID in the newest epoch.
     *
     * @param relayId 0 to 65535
     * @param nonce never the same twice for one tag in one epoch, at most {@link #MAX_NONCE}
     */
    public ConnectionId mint(int relayId, long routeTag, long nonce) {
        if (mintingEpoch == NONE) {
            throw new IllegalStateException("no epoch to mint connection IDs in");
        }
        if (relayId < 0 || relayId > 0xffff || nonce < 0 || nonce > MAX_NONCE) {
            throw new IllegalArgumentException("relay id " + relayId + ", nonce " + nonce);
        }
        byte[] id = new byte[LENGTH];
        ByteWriter out = new ByteWriter().wrap(id, 0, LENGTH);
        out.writeByte(SelfDescribingId.firstByte(mintingEpoch, LENGTH));
        out.writeShort(relayId);
        out.writeLong(routeTag);
        out.writeShort((int) (nonce >>> Integer.SIZE));
        out.writeInt((int) nonce);
        cipherByEpoch[mintingEpoch].encrypt(id, 1);
        return ConnectionId.of(id);
    }

    /**
     * Reads an ID from a packet, which stays as it is.
     *
     * @param length of the packet's destination connection ID
     * @return whether it is a routable ID of a living epoch; only then the fields mean something,
     *     and what they say is to be believed only when the relay id is the expected one
     */
    public boolean read(byte[] buffer, int offset, int length) {
        if (length != LENGTH || !SelfDescribingId.isRoutable(buffer[offset])) {
            return false;
        }
        BlockCipher cipher = cipherByEpoch[SelfDescribingId.epoch(buffer[offset])];
        if (cipher == null) {
            return false;
        }
        System.arraycopy(buffer, offset + 1, block, 0, BLOCK_BYTES);
        cipher.decrypt(block, 0);
        reader.wrap(block, 0, BLOCK_BYTES);
        relayId = reader.readShort();
        routeTag = reader.readLong();
        return true;
    }

    public int relayId() {
        return relayId;
    }

    /** Whom the ID belongs to; 0 is the relay itself. */
    public long routeTag() {
        return routeTag;
    }
}
