package dev.tern.quic.cid;

import dev.tern.quic.wire.ConnectionId;

import java.util.random.RandomGenerator;

/**
 * Direct connection IDs of agents that share a port. Each tells those who know the key which agent
 * made it: the second byte is the agent's number, masked by what follows from the key and the last
 * five bytes, and the third follows from them, too, so that an ID which another side chose is
 * hardly ever taken for one of ours. To others all bytes but the first look random (RFC 9000 §5.1).
 */
public final class AgentIds {
    /** Of what a byte can count some is left to chance. */
    public static final int MAX_AGENTS = 64;

    private static final int BYTE_VALUES = 256;
    private static final int AGENT = 1;
    private static final int CHECK = 2;
    private static final int CHANCE = 3;
    private static final long FIRST_MULTIPLIER = 0xBF58476D1CE4E5B9L;
    private static final long SECOND_MULTIPLIER = 0x94D049BB133111EBL;

    private final int agents;
    private final long key;

    /**
     * @param key random, secret, the same for all agents
     */
    public AgentIds(int agents, long key) {
        if (agents < 1 || agents > MAX_AGENTS) {
            throw new IllegalArgumentException(
                    "from 1 to " + MAX_AGENTS + " agents can share a port, not " + agents);
        }
        this.agents = agents;
        this.key = key;
    }

    /** A new ID of this agent. */
    public ConnectionId mint(int agent, RandomGenerator random) {
        byte[] bytes = SelfDescribingId.directBytes(random);
        int spare = random.nextInt(BYTE_VALUES / agents);
        int mask = mask(bytes, 0);
        bytes[AGENT] = (byte) (agent + spare * agents ^ mask);
        bytes[CHECK] = check(mask);
        return ConnectionId.of(bytes);
    }

    /** Which agent made the ID at a place in a datagram; -1 if it is none of theirs. */
    public int agentOf(byte[] buffer, int offset, int length) {
        if (length != SelfDescribingId.DIRECT_LENGTH
                || !SelfDescribingId.isDirect(buffer[offset])
                || SelfDescribingId.length(buffer[offset]) != length) {
            return -1;
        }
        int mask = mask(buffer, offset);
        int number = (buffer[offset + AGENT] ^ mask) & 0xff;
        boolean ours =
                buffer[offset + CHECK] == check(mask) && number < BYTE_VALUES / agents * agents;
        return ours ? number % agents : -1;
    }

    private static byte check(int mask) {
        return (byte) (mask >>> Byte.SIZE);
    }

    /** Sixteen bits. */
    private int mask(byte[] buffer, int offset) {
        long state = key;
        for (int i = offset + CHANCE; i < offset + SelfDescribingId.DIRECT_LENGTH; i++) {
            state = state << 8 ^ state >>> 56 ^ buffer[i] & 0xff;
        }
        state = (state ^ state >>> 30 ^ key) * FIRST_MULTIPLIER;
        state = (state ^ state >>> 27) * SECOND_MULTIPLIER;
        return (int) (state >>> 48);
    }
}
