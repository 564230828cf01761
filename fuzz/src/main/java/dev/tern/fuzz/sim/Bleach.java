package dev.tern.fuzz.sim;

import dev.tern.quic.sim.SimElement;
import dev.tern.quic.sim.SimExit;
import dev.tern.quic.sim.SimPacket;

/** Changes the ECN bits of what enters a link, as broken routers do (RFC 9000 §13.4.2). */
final class Bleach implements SimElement {
    private static final int ECT_1 = 1;
    private static final int CONGESTION_EXPERIENCED = 3;

    /** What becomes of marks. */
    enum Manner {
        KEEP {
            @Override
            int apply(int ecn) {
                return ecn;
            }
        },
        CLEAR {
            @Override
            int apply(int ecn) {
                return 0;
            }
        },
        SWAP {
            @Override
            int apply(int ecn) {
                return ecn == 0 ? 0 : ECT_1;
            }
        },
        MARK_ALL {
            @Override
            int apply(int ecn) {
                return ecn == 0 ? 0 : CONGESTION_EXPERIENCED;
            }
        };

        abstract int apply(int ecn);
    }

    private final SimElement next;
    private Manner manner = Manner.KEEP;

    /**
     * @param next what the packets enter then
     */
    Bleach(SimElement next) {
        this.next = next;
    }

    void manner(Manner newManner) {
        manner = newManner;
    }

    @Override
    public void onOutbound(SimPacket packet, long nowNs, SimExit exit) {
        next.onOutbound(changed(packet), nowNs, exit);
    }

    @Override
    public void onInbound(SimPacket packet, long nowNs, SimExit exit) {
        next.onInbound(changed(packet), nowNs, exit);
    }

    private SimPacket changed(SimPacket packet) {
        int ecn = manner.apply(packet.ecn());
        return ecn == packet.ecn() ? packet : packet.withEcn(ecn);
    }
}
