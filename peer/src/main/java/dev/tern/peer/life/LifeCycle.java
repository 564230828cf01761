package dev.tern.peer.life;

/**
 * The life of a connection between two peers, this side's view of it.
 *
 * <pre>
 *              established            switched to direct
 *   DIALLING ---------------> RELAYED ------------------> DIRECT
 *      |                      ^  |  ^   moved, peer moved    |
 *      |             moved    |  |  +------------------------+
 *      |                      |  v     address gone          v
 *      |                    OFFLINE <------------------------+
 *      |                      |
 *      +------- closed ------>+---- closed ---> CLOSED   (from every state)
 * </pre>
 *
 * Each event returns what must be done now. Owned by one agent; not thread-safe.
 */
public final class LifeCycle {
    /** What an event asks for. */
    public enum Action {
        NOTHING,
        /** Offer candidates and start a punch round. */
        PUNCH,
        /** Send from the new address through the relay at once, then punch. */
        MOVE_TO_RELAY,
        /** Dial again: a handshake cannot move. */
        REDIAL
    }

    private LifeState state = LifeState.DIALLING;
    private boolean offlineWhileDialling;

    public LifeState state() {
        return state;
    }

    /** The peer is verified, and the dialler has shown that it may connect. */
    public Action onEstablished() {
        if (state != LifeState.DIALLING) {
            return Action.NOTHING;
        }
        state = LifeState.RELAYED;
        return Action.PUNCH;
    }

    /** Data goes by another path from now on, whoever wanted it. */
    public Action onPathSwitched(boolean relayed) {
        if (state != LifeState.RELAYED && state != LifeState.DIRECT) {
            return Action.NOTHING;
        }
        state = relayed ? LifeState.RELAYED : LifeState.DIRECT;
        return relayed ? Action.PUNCH : Action.NOTHING;
    }

    /** The local address that the connection used is gone, and there is no other. */
    public Action onAddressLost() {
        if (state == LifeState.DIALLING) {
            offlineWhileDialling = true;
        } else if (state != LifeState.CLOSED) {
            state = LifeState.OFFLINE;
        }
        return Action.NOTHING;
    }

    /** There is a local address to go on from, another than before. */
    public Action onMoved() {
        return switch (state) {
            case DIALLING -> {
                offlineWhileDialling = false;
                yield Action.REDIAL;
            }
            case RELAYED, DIRECT, OFFLINE -> {
                state = LifeState.RELAYED;
                yield Action.MOVE_TO_RELAY;
            }
            case CLOSED -> Action.NOTHING;
        };
    }

    /** Whether dialling must wait for a network. */
    public boolean isWaitingForNetwork() {
        return offlineWhileDialling || state == LifeState.OFFLINE;
    }

    public void onClosed() {
        state = LifeState.CLOSED;
    }
}
