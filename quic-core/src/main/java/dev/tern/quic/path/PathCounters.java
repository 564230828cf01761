package dev.tern.quic.path;

/** What a path, or all paths of a connection, have carried. */
public final class PathCounters {
    private long sentBytes;
    private long receivedBytes;
    private long sentDatagrams;
    private long receivedDatagrams;
    private long sentPackets;
    private long lostPackets;
    private long undoneReductions;

    void onDatagramSent(int bytes) {
        sentDatagrams++;
        sentBytes += bytes;
    }

    void onDatagramReceived(int bytes) {
        receivedDatagrams++;
        receivedBytes += bytes;
    }

    void onPacketSent() {
        sentPackets++;
    }

    void onPacketLost() {
        lostPackets++;
    }

    void onSpuriousLoss() {
        undoneReductions++;
    }

    void add(PathCounters other) {
        sentBytes += other.sentBytes;
        receivedBytes += other.receivedBytes;
        sentDatagrams += other.sentDatagrams;
        receivedDatagrams += other.receivedDatagrams;
        sentPackets += other.sentPackets;
        lostPackets += other.lostPackets;
        undoneReductions += other.undoneReductions;
    }

    /** Bytes of UDP payload. */
    public long sentBytes() {
        return sentBytes;
    }

    /** Bytes of UDP payload with an authentic packet in them. */
    public long receivedBytes() {
        return receivedBytes;
    }

    public long sentDatagrams() {
        return sentDatagrams;
    }

    public long receivedDatagrams() {
        return receivedDatagrams;
    }

    /** Packets that ask for an acknowledgement: of no others is the fate known. */
    public long sentPackets() {
        return sentPackets;
    }

    /** Those of {@link #sentPackets} that were declared lost (RFC 9002 §6.1). */
    public long lostPackets() {
        return lostPackets;
    }

    /** Reductions of the congestion window taken back, for nothing had been lost. */
    public long undoneReductions() {
        return undoneReductions;
    }
}
