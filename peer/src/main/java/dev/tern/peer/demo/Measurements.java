package dev.tern.peer.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a demo measured, gathered from its peers' events. Times are in µs of the day's clock. */
final class Measurements {
    /** One thing that happened to a path, or a move. */
    record Happening(
            long atUs,
            String what,
            String reason,
            String oldPath,
            String newPath,
            long fileBytesLeft) {}

    private record Gap(long fromUs, long toUs) {}

    private static final long SETTLED_US = 150_000;
    private static final long INTERVAL_US = Messages.INTERVAL_NS / 1000;

    private final List<Happening> happenings = new ArrayList<>();
    private final List<Long> moves = new ArrayList<>();
    private final List<List<Long>> directAt = List.of(new ArrayList<>(), new ArrayList<>());
    private final List<List<Gap>> gaps = List.of(new ArrayList<>(), new ArrayList<>());
    private final boolean[] relayed = {true, true};
    private long startUs;
    private long dialUs;
    private long firstMessageUs;
    private long relayRttUs;
    private int handshakes;
    private long lostBytes;
    private long repeatedBytes;

    void started(long atUs) {
        startUs = atUs;
    }

    void moved(long atUs, long fileBytesLeft) {
        moves.add(atUs);
        happenings.add(
                new Happening(atUs, "move", "address lost, another gained", "", "", fileBytesLeft));
    }

    /** Takes in an event of peer A (0) or B (1). */
    void on(int peer, Map<String, Object> event, boolean fromAcceptor) {
        long atUs = number(event, "t_us");
        switch ((String) event.get("event")) {
            case "dial" -> dialUs = atUs;
            case "established" -> handshakes += Boolean.TRUE.equals(event.get("dialler")) ? 1 : 0;
            case "first_message" -> {
                if (fromAcceptor) {
                    firstMessageUs = atUs;
                }
            }
            case "gap" -> gaps.get(peer).add(new Gap(number(event, "from_us"), atUs));
            case "path" -> onPath(peer, event, atUs);
            case "messages" -> {
                lostBytes += number(event, "lost_bytes");
                repeatedBytes += number(event, "repeated_bytes");
                relayed[peer] = Boolean.TRUE.equals(event.get("relayed"));
            }
            default -> {}
        }
    }

    private void onPath(int peer, Map<String, Object> event, long atUs) {
        boolean isRelayed = "relayed".equals(event.get("new"));
        relayed[peer] = isRelayed;
        if (!isRelayed) {
            directAt.get(peer).add(atUs);
        }
        long rttUs = number(event, "relay_rtt_us");
        if (rttUs > 0 && relayRttUs == 0) {
            relayRttUs = rttUs;
        }
        happenings.add(
                new Happening(
                        atUs,
                        peer == 0 ? "A switches" : "B switches",
                        event.get("reason")
                                + (Boolean.TRUE.equals(event.get("by_peer"))
                                        ? " (told by the other)"
                                        : ""),
                        (String) event.get("old"),
                        (String) event.get("new"),
                        number(event, "file_bytes_left")));
    }

    private static long number(Map<String, Object> event, String name) {
        return event.get(name) instanceof Long value ? value : 0;
    }

    List<Happening> happenings() {
        return happenings;
    }

    double sinceStartMs(long atUs) {
        return (atUs - startUs) / 1e3;
    }

    double relayRttMs() {
        return relayRttUs / 1e3;
    }

    double timeToFirstByteMs() {
        return (firstMessageUs - dialUs) / 1e3;
    }

    /** From the dial until both peers send directly; -1 if they never did. */
    double timeToDirectMs() {
        return sinceMs(dialUs);
    }

    /** From a move until both send directly again, the worst; -1 if they never did. */
    double timeBackToDirectMs() {
        double worst = moves.isEmpty() ? -1 : 0;
        for (long moveUs : moves) {
            double ms = sinceMs(moveUs);
            if (ms < 0) {
                return -1;
            }
            worst = Math.max(worst, ms);
        }
        return worst;
    }

    private double sinceMs(long sinceUs) {
        long latest = 0;
        for (List<Long> times : directAt) {
            long first =
                    times.stream()
                            .mapToLong(Long::longValue)
                            .filter(t -> t >= sinceUs)
                            .min()
                            .orElse(-1);
            if (first < 0) {
                return -1;
            }
            latest = Math.max(latest, first);
        }
        return (latest - sinceUs) / 1e3;
    }

    /** The longest gap around any move in what B hears from A, less the interval. */
    double pauseMoverToPeerMs() {
        return pauseMs(1);
    }

    /** The longest gap around any move in what A hears from B, less the interval. */
    double pausePeerToMoverMs() {
        return pauseMs(0);
    }

    private double pauseMs(int receiver) {
        long worstUs = 0;
        for (long moveUs : moves) {
            double backMs = sinceMs(moveUs);
            long untilUs = moveUs + (backMs < 0 ? 1_000_000 : (long) (backMs * 1e3)) + SETTLED_US;
            for (Gap gap : gaps.get(receiver)) {
                if (gap.toUs() >= moveUs && gap.fromUs() <= untilUs) {
                    worstUs = Math.max(worstUs, gap.toUs() - gap.fromUs() - INTERVAL_US);
                }
            }
        }
        return worstUs / 1e3;
    }

    long lostBytes() {
        return lostBytes;
    }

    long repeatedBytes() {
        return repeatedBytes;
    }

    int handshakes() {
        return handshakes;
    }

    int moves() {
        return moves.size();
    }

    boolean bothDirect() {
        return !relayed[0] && !relayed[1];
    }
}
