package dev.tern.fuzz.sim;

import dev.tern.crypto.CipherSuite;
import dev.tern.quic.sim.LinkProfile;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What stays the same while a world runs.
 *
 * @param mobile whether Tern's extensions are used: either side may move
 * @param conversations how many connections the dialler opens
 * @param suite of TLS
 * @param hybrid whether the key exchange is post-quantum, with a ClientHello of two datagrams
 * @param mutual whether the dialler shows a certificate, too
 * @param retries whether the acceptor answers strangers with Retry
 * @param ecn whether hosts can use ECN
 * @param behindNat for each of the dialler's interfaces, whether a NAT stands before it
 * @param diallerLinks before each of the dialler's interfaces
 * @param acceptorLinks before each of the acceptor's
 */
record WorldSetting(
        boolean mobile,
        int conversations,
        CipherSuite suite,
        boolean hybrid,
        boolean mutual,
        boolean retries,
        boolean ecn,
        List<Boolean> behindNat,
        List<LinkProfile> diallerLinks,
        List<LinkProfile> acceptorLinks,
        Manners diallerManners,
        Manners acceptorManners) {
    private static final long MS = 1_000_000L;
    private static final long SECOND = 1000 * MS;

    /** An idle period must leave room for some probes, each twice as late as the one before. */
    private static final int IDLE_ROUND_TRIPS = 30;

    static WorldSetting draw(RandomGenerator random) {
        boolean mobile = random.nextInt(5) < 3;
        int diallerInterfaces = 1 + random.nextInt(3);
        int acceptorInterfaces = mobile ? 1 + random.nextInt(2) : 1;
        List<Boolean> behindNat = new ArrayList<>();
        for (int i = 0; i < diallerInterfaces; i++) {
            behindNat.add(random.nextInt(3) > 0);
        }
        List<LinkProfile> diallerLinks = links(diallerInterfaces, random);
        List<LinkProfile> acceptorLinks = links(acceptorInterfaces, random);
        long roundTripNs = slowest(diallerLinks) + slowest(acceptorLinks);
        return new WorldSetting(
                mobile,
                random.nextInt(5) == 0 ? 2 + random.nextInt(2) : 1,
                suite(random.nextInt(20)),
                random.nextInt(12) == 0,
                random.nextInt(4) == 0,
                random.nextInt(6) == 0,
                random.nextInt(2) == 0,
                behindNat,
                diallerLinks,
                acceptorLinks,
                manners(roundTripNs, random),
                manners(roundTripNs, random));
    }

    private static CipherSuite suite(int choice) {
        return switch (choice) {
            case 0 -> CipherSuite.CHACHA20_POLY1305_SHA256;
            case 1, 2 -> CipherSuite.AES_256_GCM_SHA384;
            default -> CipherSuite.AES_128_GCM_SHA256;
        };
    }

    private static List<LinkProfile> links(int count, RandomGenerator random) {
        List<LinkProfile> links = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            links.add(link(random));
        }
        return links;
    }

    /** Between excellent and awful; most have one or two faults. */
    static LinkProfile link(RandomGenerator random) {
        long delayNs = (long) (Math.exp(random.nextDouble() * 6.2) * MS / 4);
        LinkProfile link = LinkProfile.PERFECT.delay(delayNs, random.nextLong(delayNs / 4));
        if (random.nextInt(3) == 0) {
            link = link.loss(random.nextDouble() * 0.08);
        }
        if (random.nextInt(6) == 0) {
            link = link.burstLoss(random.nextDouble() * 0.02, 0.2 + random.nextDouble() * 0.6);
        }
        if (random.nextInt(4) == 0) {
            link = link.reorder(random.nextDouble() * 0.1, random.nextLong(delayNs + MS));
        }
        if (random.nextInt(4) == 0) {
            link = link.mangle(random.nextDouble() * 0.1, random.nextDouble() * 0.03);
        }
        if (random.nextInt(3) == 0) {
            long rate = (long) (Math.exp(random.nextDouble() * 5) * 400_000);
            long queue = 3000 + random.nextLong(60_000);
            link = link.rate(rate, queue, queue / 3);
        }
        if (random.nextInt(5) == 0) {
            link = link.mtuBytes(1200 + random.nextInt(300));
        }
        return link;
    }

    private static long slowest(List<LinkProfile> links) {
        return 2
                * links.stream()
                        .mapToLong(l -> l.delayNs() + l.jitterNs() + l.reorderDelayNs())
                        .max()
                        .orElseThrow();
    }

    private static Manners manners(long roundTripNs, RandomGenerator random) {
        long streamData = (long) (Math.exp(random.nextDouble() * 6) * 2000);
        long idleNs = 3 * SECOND + random.nextLong(27 * SECOND);
        return new Manners(
                (long) (streamData * (0.5 + random.nextDouble() * 3)),
                streamData,
                1 << random.nextInt(3),
                1 + random.nextInt(20),
                Math.max(idleNs, IDLE_ROUND_TRIPS * roundTripNs) / MS * MS,
                random.nextInt(5) == 0 ? SECOND + random.nextLong(10 * SECOND) : 0,
                Congestion.draw(random),
                random.nextInt(5) == 0);
    }

    Manners manners(Role role) {
        return role == Role.DIALLER ? diallerManners : acceptorManners;
    }

    List<LinkProfile> links(Role role) {
        return role == Role.DIALLER ? diallerLinks : acceptorLinks;
    }

    /** There and back, at most. */
    long roundTripNs() {
        return slowest(diallerLinks) + slowest(acceptorLinks);
    }
}
