package dev.tern.quic.congestion.bbr;

import dev.tern.quic.recovery.RateSample;

/**
 * What is known of the path: its bandwidth, and how much it takes in flight, for the long term as
 * probing found it and for the short term as the last losses tell (draft, "Network Path Model").
 */
final class PathModel {
    /** BBRBeta. */
    static final double BETA = 0.7;

    /** BBRLossThresh: more losses than that in a round trip are too many. */
    static final double LOSS_THRESHOLD = 0.02;

    /** BBRHeadroom: left free for others while cruising. */
    private static final double HEADROOM = 0.15;

    private static final double INFINITE = Double.POSITIVE_INFINITY;

    private final RecentMax maxBandwidth = new RecentMax();
    private double shortTermBandwidth = INFINITE;
    private double shortTermInFlight = INFINITE;
    private double longTermInFlight = INFINITE;
    private double latestBandwidth;
    private double latestInFlight;
    private long lossRoundEndsAtDelivered;
    private boolean lossRoundStarted;
    private boolean congestedInRound;
    private double bandwidthBefore;
    private double shortTermInFlightBefore;
    private double longTermInFlightBefore;

    /** Bytes by nanosecond that the path delivers, as far as known; 0 before. */
    double bandwidth() {
        return Math.min(maxBandwidth.value(), shortTermBandwidth);
    }

    double maxBandwidth() {
        return maxBandwidth.value();
    }

    double longTermInFlight() {
        return longTermInFlight;
    }

    void longTermInFlight(double bytes) {
        longTermInFlight = bytes;
    }

    double shortTermInFlight() {
        return shortTermInFlight;
    }

    double inFlightWithHeadroom(double datagramBytes, double leastBytes) {
        double headroom = Math.max(datagramBytes, HEADROOM * longTermInFlight);
        return longTermInFlight == INFINITE
                ? INFINITE
                : Math.max(longTermInFlight - headroom, leastBytes);
    }

    double latestInFlight() {
        return latestInFlight;
    }

    boolean lossRoundStarted() {
        return lossRoundStarted;
    }

    /**
     * A loss in the round under way (draft, "NoteLoss").
     *
     * @return whether it is the first, with which a round of losses begins
     */
    boolean onCongestion(long deliveredBytes) {
        if (congestedInRound) {
            return false;
        }
        congestedInRound = true;
        lossRoundEndsAtDelivered = deliveredBytes;
        return true;
    }

    /** How much was in flight when losses passed the threshold (draft, "InflightAtLoss"). */
    static double inFlightAtLoss(double inFlightBytes, double lostBytes, int packetBytes) {
        double before = inFlightBytes - packetBytes;
        double lostBefore = lostBytes - packetBytes;
        double prefix = (LOSS_THRESHOLD * before - lostBefore) / (1 - LOSS_THRESHOLD);
        return before + Math.max(prefix, 0);
    }

    /** The same for what comes without a lost packet: the round ends where it would. */
    void onMark() {
        congestedInRound = true;
    }

    /** An ACK was taken in. */
    void update(RateSample sample, long deliveredBytes, Phase phase, double windowBytes) {
        latestBandwidth = Math.max(latestBandwidth, sample.bytesPerNs());
        latestInFlight = Math.max(latestInFlight, (double) sample.deliveredBytes());
        lossRoundStarted = sample.priorDeliveredBytes() >= lossRoundEndsAtDelivered;
        if (lossRoundStarted) {
            lossRoundEndsAtDelivered = deliveredBytes;
        }
        if (sample.bytesPerNs() >= maxBandwidth.value() || !sample.applicationLimited()) {
            maxBandwidth.add(sample.bytesPerNs());
        }
        if (lossRoundStarted) {
            if (congestedInRound && !phase.isProbingUpwards()) {
                lowerShortTerm(windowBytes);
            }
            congestedInRound = false;
        }
    }

    private void lowerShortTerm(double windowBytes) {
        double bandwidth =
                shortTermBandwidth == INFINITE ? maxBandwidth.value() : shortTermBandwidth;
        double inFlight = shortTermInFlight == INFINITE ? windowBytes : shortTermInFlight;
        shortTermBandwidth = Math.max(latestBandwidth, BETA * bandwidth);
        shortTermInFlight = Math.max(latestInFlight, BETA * inFlight);
    }

    /** The ACK is done with: its round's signals end with the round. */
    void advanceLatest(RateSample sample) {
        if (lossRoundStarted) {
            latestBandwidth = sample.bytesPerNs();
            latestInFlight = sample.deliveredBytes();
        }
    }

    void resetCongestion() {
        congestedInRound = false;
        latestBandwidth = 0;
        latestInFlight = 0;
    }

    void resetShortTerm() {
        shortTermBandwidth = INFINITE;
        shortTermInFlight = INFINITE;
    }

    /** A cycle of probing is over: the one before the last is forgotten. */
    void advanceMaxBandwidth() {
        maxBandwidth.advance();
    }

    /** Keeps what a loss that turns out a mistake will want back. */
    void remember() {
        bandwidthBefore = shortTermBandwidth;
        shortTermInFlightBefore = shortTermInFlight;
        longTermInFlightBefore = longTermInFlight;
    }

    /** It is another network now. */
    void forget() {
        maxBandwidth.clear();
        longTermInFlight = INFINITE;
        resetShortTerm();
        resetCongestion();
        remember();
    }

    void undo() {
        congestedInRound = false;
        shortTermBandwidth = Math.max(shortTermBandwidth, bandwidthBefore);
        shortTermInFlight = Math.max(shortTermInFlight, shortTermInFlightBefore);
        longTermInFlight = Math.max(longTermInFlight, longTermInFlightBefore);
    }
}
