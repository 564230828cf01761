package dev.tern.fuzz.sim;

import dev.tern.quic.congestion.CongestionController;
import dev.tern.quic.congestion.Cubic;
import dev.tern.quic.congestion.NewReno;
import dev.tern.quic.congestion.bbr.Bbr;
import dev.tern.quic.path.Path;

import java.util.random.RandomGenerator;

/** Which congestion controller a party uses. */
enum Congestion {
    CUBIC(true) {
        @Override
        CongestionController controller(RandomGenerator random) {
            return new Cubic(Path.MIN_DATAGRAM_BYTES);
        }
    },
    NEW_RENO(true) {
        @Override
        CongestionController controller(RandomGenerator random) {
            return new NewReno(Path.MIN_DATAGRAM_BYTES);
        }
    },
    BBR(false) {
        @Override
        CongestionController controller(RandomGenerator random) {
            return new Bbr(Path.MIN_DATAGRAM_BYTES, random);
        }
    };

    private final boolean yieldsToLoss;

    Congestion(boolean yieldsToLoss) {
        this.yieldsToLoss = yieldsToLoss;
    }

    abstract CongestionController controller(RandomGenerator random);

    /** Whether each loss makes the window smaller. */
    boolean yieldsToLoss() {
        return yieldsToLoss;
    }

    static Congestion draw(RandomGenerator random) {
        return switch (random.nextInt(6)) {
            case 0 -> BBR;
            case 1, 2 -> NEW_RENO;
            default -> CUBIC;
        };
    }
}
