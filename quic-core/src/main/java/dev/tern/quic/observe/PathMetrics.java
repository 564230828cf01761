package dev.tern.quic.observe;

/** What a sender knows of a path (RFC 9002 §5, §7). Times in nanoseconds, sizes in bytes. */
public record PathMetrics(
        long minRttNs,
        long smoothedRttNs,
        long latestRttNs,
        long rttVariationNs,
        long congestionWindowBytes,
        long bytesInFlight,
        int ptoCount,
        boolean slowStart) {}
